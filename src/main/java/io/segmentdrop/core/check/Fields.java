package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One record as spans of its bytes, without the quotes around a field and without spaces outside quotes. One instance is
 * used for all records of a file; what it says holds until the next record is read.
 */
final class Fields {

    /** The record holds bytes above 0x7f. */
    static final int HIGH = 1;
    /** The record holds C0 control characters other than TAB and line breaks, or DEL. */
    static final int CONTROL = 2;
    /** A quoted field holds a line break. */
    static final int LINE_BREAK = 4;
    /** Spaces stood outside quotes. */
    static final int SPACED = 8;

    /** The field stood in quotes. */
    static final byte QUOTED = 1;
    /** The field stood in quotes and holds doubled quotes. */
    static final byte ESCAPED = 2;

    /** Both. */
    static final byte BOTH = QUOTED | ESCAPED;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private int count;
    private int[] from = new int[64];
    private int[] to = new int[64];
    private byte[] marks = new byte[64];
    private byte anyMarks;
    private int traits;
    private long line;
    private LineEnd lineEnd = LineEnd.NONE;
    private @Nullable Code fault;
    private boolean backslash;

    void begin(long recordLine) {
        line = recordLine;
        count = 0;
        anyMarks = 0;
        traits = 0;
        fault = null;
        backslash = false;
    }

    /** Adds a field; its indices count from the record's first byte. */
    void add(int first, int last, byte mark) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            marks = Arrays.copyOf(marks, 2 * count);
        }
        from[count] = first;
        to[count] = last;
        marks[count++] = mark;
        anyMarks |= mark;
    }

    void trait(int trait) {
        traits |= trait;
    }

    /** Notes the record's fault of form; the first one counts. */
    void fault(Code code, boolean afterBackslash) {
        if (fault == null) {
            fault = code;
            backslash = afterBackslash;
        }
    }

    void end(byte[] buffer, int recordStart, int recordEnd, LineEnd how) {
        bytes = buffer;
        start = recordStart;
        end = recordEnd;
        lineEnd = how;
    }

    /** The array that the indices of the other methods mean. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** The end of the record's bytes, before its line end. */
    int end() {
        return end;
    }

    int count() {
        return count;
    }

    int from(int field) {
        return start + from[field];
    }

    int to(int field) {
        return start + to[field];
    }

    boolean isEmpty(int field) {
        return from[field] == to[field];
    }

    boolean isQuoted(int field) {
        return (marks[field] & QUOTED) != 0;
    }

    boolean isEscaped(int field) {
        return (marks[field] & ESCAPED) != 0;
    }

    /** True if there is a quote in the record. */
    boolean hasQuotes() {
        return anyMarks != 0 || fault != null;
    }

    /** Where the field begins behind its leading ASCII spaces. */
    int trimmedFrom(int field) {
        int at = from(field);
        while (at < to(field) && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    /** Where the field ends before its trailing ASCII spaces; not before {@link #trimmedFrom}. */
    int trimmedTo(int field) {
        int first = trimmedFrom(field);
        int at = to(field);
        while (at > first && bytes[at - 1] == ' ') {
            at--;
        }
        return at;
    }

    boolean has(int trait) {
        return (traits & trait) != 0;
    }

    /** The physical line on which the record begins, from 1. */
    long line() {
        return line;
    }

    LineEnd lineEnd() {
        return lineEnd;
    }

    /** {@code CSV_STRAY_QUOTE} or {@code CSV_TEXT_AFTER_QUOTE}; null if the record is well formed. */
    @Nullable
    Code fault() {
        return fault;
    }

    /** True if a backslash stood before the quote that the fault is about. */
    boolean isAfterBackslash() {
        return backslash;
    }

    /** True if the record is one field that nobody quoted, of spaces and tabs or nothing. */
    boolean isBlank() {
        if (count != 1 || isQuoted(0)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** True if the record's first character is a byte order mark. */
    boolean startsWithBom() {
        return end - start >= 3
                && bytes[start] == (byte) 0xef
                && bytes[start + 1] == (byte) 0xbb
                && bytes[start + 2] == (byte) 0xbf;
    }

    /** The field's value, doubled quotes made single. */
    String text(int field) {
        String raw = new String(bytes, from(field), to[field] - from[field], StandardCharsets.UTF_8);
        return isEscaped(field) ? raw.replace("\"\"", "\"") : raw;
    }

    /** The whole record as it stands in the file, without its line end. */
    String raw() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
