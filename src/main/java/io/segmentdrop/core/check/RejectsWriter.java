package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the refused rows so that they can be mended and dropped again: the original columns with their values unchanged,
 * then {@code _line,_code,_reason}. Each row has as many fields as the header: where too few were found, empty ones are
 * added; where too many, those above stand in the last column, with commas between them. A cell is quoted where it must be.
 */
final class RejectsWriter {

    private final OutputStream stream;
    private final Header header;
    private byte[] line = new byte[1 << 10];
    private int length;
    private boolean begun;
    private @Nullable Problem lastProblem;
    private byte[] lastWords = {};

    RejectsWriter(OutputStream stream, Header header) {
        this.stream = stream;
        this.header = header;
    }

    /** Writes a row; before the first one, the header. */
    void write(Fields row, Problem problem) throws IOException {
        if (!begun) {
            begun = true;
            writeHeader();
        }
        length = 0;
        addValues(row);
        addLine(problem.line());
        addWords(problem);
        stream.write(line, 0, length);
    }

    private void writeHeader() throws IOException {
        List<String> names = new ArrayList<>();
        header.columns().forEach(column -> names.add(column.original()));
        names.addAll(RejectsColumns.NAMES);
        for (String name : names) {
            addCell(name);
        }
        line[length - 1] = '\n';
        stream.write(line, 0, length);
    }

    private void addValues(Fields row) {
        int count = header.own(row);
        int last = header.width() - 1;
        if (count == row.count() && count == header.width() && !row.hasQuotes() && !row.has(Fields.HIGH)) {
            addBytes(row.bytes(), row.start(), row.end());
            add(',');
            return;
        }
        for (int i = 0; i < last; i++) {
            if (i < count) {
                addValue(row, i);
            }
            add(',');
        }
        if (count > header.width()) {
            addJoined(row, last, count);
        } else if (count > last) {
            addValue(row, last);
        }
        add(',');
    }

    private void addValue(Fields row, int field) {
        byte[] bytes = row.bytes();
        int from = row.from(field);
        int to = row.to(field);
        if (isPlain(bytes, from, to)) {
            addBytes(bytes, from, to);
        } else {
            add('"');
            addInQuotes(row, field);
            add('"');
        }
    }

    private void addBytes(byte[] bytes, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(bytes, from, line, length, to - from);
        length += to - from;
    }

    private void addJoined(Fields row, int from, int to) {
        add('"');
        for (int i = from; i < to; i++) {
            if (i > from) {
                add(',');
            }
            addInQuotes(row, i);
        }
        add('"');
    }

    /** In a well-formed field quotes are doubled already; in another one each is one of the value. */
    private void addInQuotes(Fields row, int field) {
        for (int i = row.from(field); i < row.to(field); i++) {
            if (row.bytes()[i] == '"' && !row.isEscaped(field)) {
                add('"');
            }
            add(row.bytes()[i]);
        }
    }

    private void addLine(long number) {
        makeRoom(Long.SIZE);
        int from = length;
        for (long rest = number; rest > 0; rest /= 10) {
            line[length++] = (byte) ('0' + rest % 10);
        }
        for (int i = from, j = length - 1; i < j; i++, j--) {
            byte digit = line[i];
            line[i] = line[j];
            line[j] = digit;
        }
        line[length++] = ',';
    }

    /** Code and message, most often those of the row before. */
    private void addWords(Problem problem) {
        Problem last = lastProblem;
        if (last == null || last.code() != problem.code() || !last.message().equals(problem.message())) {
            int from = length;
            addCell(problem.code().name());
            addCell(problem.message());
            line[length - 1] = '\n';
            lastProblem = problem;
            lastWords = Arrays.copyOfRange(line, from, length);
            return;
        }
        makeRoom(lastWords.length);
        System.arraycopy(lastWords, 0, line, length, lastWords.length);
        length += lastWords.length;
    }

    /** A cell and a comma. */
    private void addCell(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] cell = isPlain(plain, 0, plain.length)
                ? plain
                : ('"' + text.replace("\"", "\"\"") + '"').getBytes(StandardCharsets.UTF_8);
        for (byte value : cell) {
            add(value);
        }
        add(',');
    }

    /** True if a cell needs no quotes; a byte order mark at a record's start would be a fault. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (value == ',' || value == '"' || value == '\n' || value == '\r' || (value < 0 && isMark(bytes, i, to))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMark(byte[] bytes, int at, int to) {
        return to - at >= 3 && bytes[at] == (byte) 0xef && bytes[at + 1] == (byte) 0xbb && bytes[at + 2] == (byte) 0xbf;
    }

    private void add(char value) {
        add((byte) value);
    }

    private void add(byte value) {
        makeRoom(1);
        line[length++] = value;
    }

    private void makeRoom(int more) {
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
        }
    }
}
