package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells what was changed in an accepted header, and what a person should look at. */
final class HeaderNotes {

    private HeaderNotes() {}

    static void note(Header header, Fields record, CheckRules rules, Tally tally) {
        long line = record.line();
        for (int i = 0; i < header.width(); i++) {
            noteColumn(header.columns().get(i), isAsSent(record, i, header), rules, line, tally);
        }
        if (record.has(Fields.SPACED)) {
            tally.warn(Code.CSV_SPACE_OUTSIDE_QUOTES, line, null);
        }
        if (header.trailing()) {
            tally.warn(Code.CSV_TRAILING_DELIMITER, line, null);
        }
        if (header.rejects()) {
            tally.warn(Code.CSV_REJECTS_COLUMNS, line, null);
        }
        if (rules.tagOptions() && header.columns().stream().anyMatch(Column::isTag)) {
            tally.warn(Code.SIDE_TAG_CONFLICT_CSV, line, null);
        }
    }

    private static void noteColumn(Column column, boolean isAsSent, CheckRules rules, long line, Tally tally) {
        boolean renamed = rules.columns().containsKey(HeaderNames.trim(column.original()));
        if (!isAsSent && !renamed) {
            tally.warn(Code.CSV_HEADER_NORMALISED, line, column.name());
        }
        if (column.kind() == Column.Kind.UNKNOWN) {
            tally.warn(Code.CSV_HEADER_UNKNOWN, line, column.name());
        }
    }

    private static boolean isAsSent(Fields record, int index, Header header) {
        byte[] name = header.columns().get(index).name().getBytes(StandardCharsets.UTF_8);
        return !record.isQuoted(index)
                && Arrays.equals(record.bytes(), record.from(index), record.to(index), name, 0, name.length);
    }
}
