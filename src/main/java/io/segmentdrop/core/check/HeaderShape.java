package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges whether the first record can be a header at all; where it cannot, nothing else is worth saying about it. */
final class HeaderShape {

    private static final Pattern SEPARATED = Pattern.compile(
            "\"?email\"?([ \t]*[;|]|\t+[^,\t ]).*|sep=[;|\t]", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private HeaderShape() {}

    /** True for Excel's {@code sep=,} line. */
    static boolean isSeparatorLine(Fields record) {
        String raw = record.raw();
        return raw.equalsIgnoreCase("sep=,") || raw.equalsIgnoreCase("\"sep=,\"");
    }

    /** Why this record is no header; null if it may be one. */
    static @Nullable Problem refuse(Fields record) {
        if (record.count() > CheckRules.MAX_COLUMNS + RejectsColumns.NAMES.size() + 1) {
            return tooManyColumns(record);
        }
        if (isMarkup(record)) {
            return problem(record, Code.CSV_HEADER_INVALID, "expected a header, found what looks like an HTML page");
        }
        if (isOtherwiseSeparated(record)) {
            return problem(
                    record, Code.CSV_WRONG_DELIMITER, "expected commas between the headers, found " + found(record));
        }
        if (record.fault() != null) {
            return problem(record, Code.CSV_HEADER_INVALID, "expected a header, found quotes that do not fit");
        }
        if (hasData(record)) {
            return problem(record, Code.CSV_HEADER_MISSING, "expected a header that begins with email, found a row");
        }
        return null;
    }

    static Problem tooManyColumns(Fields record) {
        return problem(
                record,
                Code.CSV_TOO_MANY_COLUMNS,
                "expected at most " + CheckRules.MAX_COLUMNS + " columns, found " + record.count());
    }

    private static Problem problem(Fields record, Code code, String message) {
        return new Problem(code, record.line(), null, message);
    }

    private static boolean isMarkup(Fields record) {
        return record.text(0).strip().startsWith("<");
    }

    /** One column in which another separator stands, or one right behind the word email or in a separator line. */
    private static boolean isOtherwiseSeparated(Fields record) {
        String raw = record.raw();
        boolean isAlone = raw.indexOf(',') < 0 && separator(HeaderNames.trim(raw)) != 0;
        return (isAlone && !isQuotedWhole(record)) || SEPARATED.matcher(raw).matches();
    }

    private static boolean isQuotedWhole(Fields record) {
        return record.count() == 1 && record.isQuoted(0);
    }

    private static String found(Fields record) {
        return switch (separator(record.raw())) {
            case ';' -> "semicolons";
            case '|' -> "vertical bars";
            default -> "tabs";
        };
    }

    private static char separator(String raw) {
        for (char c : new char[] {';', '\t', '|'}) {
            if (raw.indexOf(c) >= 0) {
                return c;
            }
        }
        return 0;
    }

    private static boolean hasData(Fields record) {
        for (int i = 0; i < record.count(); i++) {
            byte[] cell = HeaderNames.trim(record.text(i)).getBytes(StandardCharsets.UTF_8);
            if (Address.check(cell, 0, cell.length) == null || HashShape.typeOf(cell, 0, cell.length) != null) {
                return true;
            }
        }
        return false;
    }
}
