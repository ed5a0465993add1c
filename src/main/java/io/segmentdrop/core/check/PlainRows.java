package io.segmentdrop.core.check;

import java.io.IOException;

/**
 * Takes the plain rows, in runs: what {@link RecordIndex} says is well formed and {@link PlainRow} knows. It stops before
 * the first row that is anything else, or that the present chunk has no room for; that one is read by {@link RecordReader}
 * and judged by {@link RowRules}.
 */
final class PlainRows {

    private final Window window;
    private final Rows rows;
    private final PlainRow plain;
    private final boolean applies;
    private final RecordIndex index = new RecordIndex();

    // the index tells of the window as it was after so many moves: from the end number next to the byte before indexed
    private long moves = -1;
    private int next;
    private int indexed;

    PlainRows(Window window, Rows rows, Header header, CheckRules rules, boolean applies) {
        this.window = window;
        this.rows = rows;
        this.plain = new PlainRow(header, rules);
        this.applies = applies && PlainRow.canBe(header, rules);
    }

    /** Takes all plain rows from the window's present place on; how many, which is also how many lines. */
    long take() throws IOException {
        long taken = 0;
        boolean goesOn = applies;
        while (goesOn) {
            findPlace();
            taken += run();
            goesOn = isUsedUp() && window.refill();
        }
        return taken;
    }

    /** Goes to the index's place for the next record; makes a new index where the old one does not tell of it. */
    private void findPlace() {
        if (moves != window.moves() || window.at >= indexed) {
            indexed = index.build(window.bytes, window.at, window.limit);
            moves = window.moves();
            next = 0;
        }
        while (next < index.count() && index.marks()[next] < window.at) {
            next++;
        }
    }

    /** True if no more is to be said of the window: what is left of it is a record's beginning. */
    private boolean isUsedUp() {
        return indexed == window.limit && !isInIndex('\n');
    }

    private boolean isInIndex(char mark) {
        for (int i = next; i < index.count(); i++) {
            if (window.bytes[index.marks()[i]] == mark) {
                return true;
            }
        }
        return false;
    }

    private int run() throws IOException {
        byte[] bytes = window.bytes;
        int[] marks = index.marks();
        int last = index.count();
        int from = window.at;
        long most = Math.min(rows.roomRows(), Integer.MAX_VALUE);
        long limit = from + Math.min(rows.roomBytes(), Integer.MAX_VALUE >> 1);
        int row = from;
        int number = 0;
        while (number < most) {
            int end = plain.end(bytes, row, marks, next, last);
            if (end == 0 || end > limit || end - row > CheckRules.MAX_RECORD) {
                break;
            }
            next += plain.marksUsed();
            row = end;
            number++;
        }
        if (number > 0) {
            rows.takePlain(bytes, from, row - from, number, window.place(from));
            window.at = row;
        }
        return number;
    }
}
