package io.segmentdrop.core.check;

import java.io.IOException;

/**
 * Takes the plain rows, in runs: what {@link RecordIndex} says is well formed and {@link PlainRow} and {@link Unusual}
 * know. It stops before the first row that is anything else, or that the present chunk has no room for; that one is read
 * by {@link RecordReader} and judged by {@link RowRules}.
 */
final class PlainRows {

    private final Window window;
    private final Rows rows;
    private final PlainRow plain;
    private final Unusual unusual;
    private final int width;
    private final boolean canBePlain;
    private final boolean applies;
    private final RecordIndex index = new RecordIndex();

    // the index tells of the window as it was after so many moves: from the end number next to the byte before indexed
    private long moves = -1;
    private int next;
    private int look;
    private int simpleTo;
    private int indexed;

    private long taken;
    private long lines;

    PlainRows(Window window, Rows rows, Header header, CheckRules rules, boolean applies) {
        this.window = window;
        this.rows = rows;
        this.plain = new PlainRow(header, rules);
        this.unusual = new Unusual(header, rules);
        this.width = header.width();
        this.canBePlain = PlainRow.canBe(header, rules);
        this.applies = applies;
    }

    /** Takes all plain rows from the window's present place on. */
    void take() throws IOException {
        taken = 0;
        lines = 0;
        boolean goesOn = applies;
        while (goesOn) {
            findPlace();
            run();
            goesOn = isUsedUp() && window.refill();
        }
    }

    /**
     * Reads the row that was left, if its fields stand in the index and nothing in it needs a look; otherwise it is the
     * {@link RecordReader}'s.
     *
     * @param line in which it begins
     * @return true if the row is in {@code fields} and the window behind it
     */
    boolean read(Fields fields, long line) {
        int row = window.at;
        if (!applies || moves != window.moves() || row >= index.behindLastRow()) {
            return false;
        }
        int last = next;
        while (window.bytes[index.ends()[last]] != '\n') {
            last++;
        }
        int end = index.ends()[last];
        if (last == next || index.looks()[look] < end || end - row >= CheckRules.MAX_RECORD) {
            return false;
        }
        fields.begin(line);
        addFields(fields, row, last);
        fields.end(window.bytes, row, end, LineEnd.LF);
        window.start = row;
        window.at = end + 1;
        return true;
    }

    private void addFields(Fields fields, int row, int last) {
        byte[] bytes = window.bytes;
        int from = row;
        for (int i = next; i <= last; i++) {
            int end = index.ends()[i];
            if (bytes[from] == '"') {
                boolean isEscaped = Word.indexOf(bytes, '"', from + 1, end - 1) >= 0;
                fields.add(from + 1 - row, end - 1 - row, isEscaped ? Fields.BOTH : Fields.QUOTED);
            } else {
                fields.add(from - row, end - row, (byte) 0);
            }
            from = end + 1;
        }
    }

    /** How many rows were taken last. */
    long taken() {
        return taken;
    }

    /** How many lines they had. */
    long lines() {
        return lines;
    }

    /** Goes to the index's place for the next record; makes a new index where the old one does not tell of it. */
    private void findPlace() {
        if (moves != window.moves() || window.at >= indexed) {
            indexed = index.build(window.bytes, window.at, window.limit);
            moves = window.moves();
            next = 0;
            look = 0;
            simpleTo = 0;
        }
        while (next < index.count() && index.ends()[next] < window.at) {
            next++;
        }
        skipLooks(window.at);
    }

    private void skipLooks(int to) {
        while (index.looks()[look] < to) {
            look++;
        }
    }

    /** True if no more is to be said of the window: what is left of it is a record's beginning. */
    private boolean isUsedUp() {
        return indexed == window.limit && window.at >= index.behindLastRow();
    }

    private void run() throws IOException {
        byte[] bytes = window.bytes;
        int[] ends = index.ends();
        int last = index.count();
        int from = window.at;
        long most = canBePlain ? Math.min(rows.roomRows(), Integer.MAX_VALUE) : 0;
        long limit = from + Math.min(rows.roomBytes(), Integer.MAX_VALUE >> 1);
        int row = from;
        int number = 0;
        while (number < most && next + width <= last && isPlain(bytes, row)) {
            int end = ends[next + width - 1] + 1;
            if (end > limit || end - row > CheckRules.MAX_RECORD || !isKnown(bytes, row, end)) {
                break;
            }
            next += width;
            row = end;
            number++;
        }
        taken += number;
        lines += number;
        if (number > 0) {
            rows.takePlain(bytes, from, row - from, number, window.place(from));
            window.at = row;
        }
    }

    private boolean isPlain(byte[] bytes, int row) {
        int[] ends = index.ends();
        int last = next + width;
        if (last > simpleTo || bytes[ends[last - 1]] != '\n') {
            simpleTo = plain.simpleTo(bytes, ends, next, index.count());
        }
        return last <= simpleTo ? plain.knowsSimple(bytes, row, ends, next) : plain.knows(bytes, row, ends, next);
    }

    private boolean isKnown(byte[] bytes, int row, int end) {
        if (index.looks()[look] >= end) {
            return true;
        }
        if (!unusual.knows(bytes, row, end, index.ends(), next, index.looks(), look)) {
            return false;
        }
        lines += unusual.lineBreaks();
        skipLooks(end);
        return true;
    }
}
