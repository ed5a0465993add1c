package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for rows, in the order in which they are asked; the first one broken is the row's fault. */
final class RowRules {

    /** What can be wrong with a row, without regard to other rows. */
    interface Rule {
        /** The fault, or null if the rule is kept. */
        @Nullable
        Fault judge(Fields row);
    }

    /** Faults of form: they stay until the row's {@code _code} in a rejects file is emptied, since fields were moved. */
    private static final Set<String> OF_FORM = Set.of(
            Code.CSV_ROW_SHORT.name(),
            Code.CSV_ROW_LONG.name(),
            Code.CSV_STRAY_QUOTE.name(),
            Code.CSV_TEXT_AFTER_QUOTE.name());

    private final Header header;
    private final int email;
    private final String emailOriginal;
    private final Rule[] rules;

    RowRules(Header header, CheckRules settings) {
        this.header = header;
        this.email = header.email();
        this.emailOriginal = HeaderNames.trim(header.columns().get(email).original());
        this.rules = list(settings).toArray(Rule[]::new);
    }

    private List<Rule> list(CheckRules settings) {
        List<Rule> list = new ArrayList<>();
        list.add(RowRules::judgeGlue);
        list.add(this::judgeRepeatedHeader);
        list.add(RowRules::judgeForm);
        list.add(this::judgeCount);
        if (header.rejects()) {
            list.add(this::judgeMended);
        }
        list.add(new EmailRule(email, EmailRule.hashesIn(settings)));
        for (int i = 0; i < header.width(); i++) {
            if (header.columns().get(i).isTag()) {
                list.add(new TagRule(i, header.columns().get(i), settings.allowedTags()));
            }
        }
        list.add(this::judgeControls);
        if (settings.rejectEmbeddedNewlines()) {
            list.add(RowRules::judgeLineBreaks);
        }
        return list;
    }

    /** The row's fault, or null if it may be sent. */
    @Nullable
    Fault judge(Fields row) {
        for (Rule rule : rules) {
            Fault fault = rule.judge(row);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Fault judgeGlue(Fields row) {
        return row.has(Fields.HIGH) && row.startsWithBom()
                ? Fault.ofFile(
                        Code.CSV_BOM_INSIDE,
                        null,
                        "expected a row, found a byte order mark before it; files were glued together")
                : null;
    }

    private @Nullable Fault judgeRepeatedHeader(Fields row) {
        if (email >= row.count()) {
            return null;
        }
        int from = row.trimmedFrom(email);
        int length = row.trimmedTo(email) - from;
        return equals(row.bytes(), from, length, "email") || equals(row.bytes(), from, length, emailOriginal)
                ? Fault.ofFile(
                        Code.CSV_REPEATED_HEADER,
                        "email",
                        "expected an address, found the header again; files were glued together")
                : null;
    }

    private static boolean equals(byte[] bytes, int from, int length, String text) {
        return length == text.length()
                && new String(bytes, from, length, StandardCharsets.UTF_8).equalsIgnoreCase(text);
    }

    private static @Nullable Fault judgeForm(Fields row) {
        Code code = row.fault();
        if (code == null) {
            return null;
        }
        String hint = row.isAfterBackslash()
                ? "; a quote inside a field is written as two quotes, not with a backslash"
                : "; quote the field and write each quote inside it twice";
        return Fault.ofRow(
                code,
                null,
                code == Code.CSV_STRAY_QUOTE
                        ? "expected no quote in a field without quotes around it, found one" + hint
                        : "expected a comma or the line's end behind a closing quote, found text" + hint);
    }

    private @Nullable Fault judgeCount(Fields row) {
        int found = header.own(row);
        int expected = header.width();
        if (found == expected) {
            return null;
        }
        if (header.trailing() && found == expected + 1) {
            return Fault.ofRow(Code.CSV_ROW_LONG, null, "expected nothing under the empty last header, found a value");
        }
        String message = "expected " + fields(expected) + " as in the header, "
                + (header.rejects() ? "besides _line, _code and _reason, " : "") + "found " + found;
        return found < expected
                ? Fault.ofRow(Code.CSV_ROW_SHORT, null, message)
                : Fault.ofRow(Code.CSV_ROW_LONG, null, message + "; put quotes around a field that holds commas");
    }

    private static String fields(int count) {
        return count == 1 ? "1 field" : count + " fields";
    }

    private @Nullable Fault judgeMended(Fields row) {
        String code = row.count() > header.width() + 1 ? row.text(header.width() + 1) : "";
        return OF_FORM.contains(code)
                ? Fault.ofRow(
                        Code.valueOf(code),
                        "_code",
                        "expected a mended row with an empty _code, found the code of its fault")
                : null;
    }

    private @Nullable Fault judgeControls(Fields row) {
        if (!row.has(Fields.CONTROL)) {
            return null;
        }
        for (int i = 0; i < header.width(); i++) {
            if (hasControl(row, i)) {
                return Fault.ofRow(
                        Code.CSV_CONTROL_CHAR,
                        header.columns().get(i).name(),
                        "expected no control characters but TAB, found one");
            }
        }
        return null;
    }

    private static boolean hasControl(Fields row, int field) {
        for (int i = row.from(field); i < row.to(field); i++) {
            byte value = row.bytes()[i];
            if (value == 0x7f || (value >= 0 && value < 0x20 && value != '\t' && value != '\n' && value != '\r')) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Fault judgeLineBreaks(Fields row) {
        return row.has(Fields.LINE_BREAK)
                ? Fault.ofRow(
                        Code.CSV_EMBEDDED_NEWLINE, null, "expected each row on one line, found a line break in quotes")
                : null;
    }
}
