package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits the source into records and fields (RFC 4180, and the leniences of the design's section 6). A state machine over
 * the bytes of one buffer, which always holds the current record from its first byte; it grows up to the longest record
 * allowed and no further.
 */
final class RecordReader {

    /** What a call of {@link #next()} came upon. */
    enum Step {
        RECORD,
        BLANK_LINE,
        END,
        /** The file cannot be read on; {@link #fault()} says why. */
        FAULT
    }

    // what a byte is: nothing of interest, a trait of the record, or a stop
    private static final byte PLAIN = 0;
    private static final byte LAST_TRAIT = Fields.CONTROL;
    private static final byte COMMA = 3;
    private static final byte QUOTE = 4;
    private static final byte LF = 5;
    private static final byte CR = 6;
    private static final byte NUL = 7;
    private static final byte END = 8;
    private static final byte[] KINDS = kinds();

    /** Room for a record that is one byte too long and for the byte after a CR. */
    private static final int MOST = CheckRules.MAX_RECORD + 2;

    private final Source source;
    private final int readSize;
    private final Fields fields = new Fields();
    private byte[] buffer;
    private int start;
    private int at;
    private int limit;
    private long line = 1;
    private long quoteLine;
    private @Nullable Problem fault;

    /**
     * A reader from the source's present place.
     *
     * @param readSize how many bytes are read at once, from 1
     */
    RecordReader(Source source, int readSize) {
        this.source = source;
        this.readSize = readSize;
        this.buffer = new byte[readSize];
    }

    /** The record that {@link #next()} came upon; the same object each time. */
    Fields fields() {
        return fields;
    }

    /** Why the file cannot be read on, after {@link Step#FAULT}. */
    Problem fault() {
        return Objects.requireNonNull(fault);
    }

    /** Goes on to the next record. */
    Step next() throws IOException {
        start = at;
        quoteLine = 0;
        fields.begin(line);
        if (!more()) {
            return Step.END;
        }
        byte stop;
        do {
            stop = field();
        } while (stop == COMMA);
        int length = at - start;
        LineEnd lineEnd = lineEnd(stop);
        fields.end(buffer, start, start + length, lineEnd);
        return judge();
    }

    private Step judge() {
        if (fault == null && at - start > CheckRules.MAX_RECORD) {
            fault = Unreadable.tooLong(fields.line(), quoteLine);
        }
        if (fault == null && fields.has(Fields.HIGH)) {
            fault = notUtf8();
        }
        if (fault != null) {
            return Step.FAULT;
        }
        return fields.isBlank() ? Step.BLANK_LINE : Step.RECORD;
    }

    /** Reads one field and, if a comma ends it, the comma; the kind of the byte that ended it. */
    private byte field() throws IOException {
        int from = at - start;
        skipBlanks();
        if (more() && buffer[at] == '"') {
            if (at - start > from) {
                fields.trait(Fields.SPACED);
            }
            return quoted();
        }
        at = start + from;
        return unquoted(from);
    }

    private void skipBlanks() throws IOException {
        while (more() && (buffer[at] == ' ' || buffer[at] == '\t')) {
            at++;
        }
    }

    private byte unquoted(int from) throws IOException {
        byte stop = scan();
        while (stop == QUOTE) {
            fields.fault(Code.CSV_STRAY_QUOTE, at - start > from && buffer[at - 1] == '\\');
            at++;
            stop = scan();
        }
        return endField(from, at - start, (byte) 0, stop);
    }

    private byte quoted() throws IOException {
        quoteLine = line;
        int opening = at - start;
        byte mark = Fields.QUOTED;
        at++;
        for (byte stop = scan(); stop != END; stop = scan()) {
            at++;
            if (stop == LF || stop == CR) {
                countLineBreakInside(stop);
            } else if (stop == QUOTE) {
                if (!more() || buffer[at] != '"') {
                    return afterQuote(opening, mark);
                }
                mark |= Fields.ESCAPED;
                at++;
            }
        }
        if (fault == null) {
            fault = Unreadable.unclosedQuote(quoteLine);
        }
        return END;
    }

    private void countLineBreakInside(byte stop) {
        fields.trait(Fields.LINE_BREAK);
        if (stop == CR || buffer[at - 2] != '\r') {
            line++;
        }
    }

    /** Reads on behind a closing quote: nothing but blanks may stand before the comma or line end. */
    private byte afterQuote(int opening, byte mark) throws IOException {
        quoteLine = 0;
        int closing = at - start - 1;
        skipBlanks();
        if (at - start > closing + 1) {
            fields.trait(Fields.SPACED);
        }
        byte stop = more() ? KINDS[buffer[at] & 0xff] : END;
        if (stop == COMMA || stop == LF || stop == CR || stop == END) {
            return endField(opening + 1, closing, mark, stop);
        }
        fields.fault(Code.CSV_TEXT_AFTER_QUOTE, buffer[start + closing - 1] == '\\');
        return restOfLine(opening);
    }

    /** Takes all up to the next line end as one field, from its opening quote on. */
    private byte restOfLine(int opening) throws IOException {
        byte stop = scan();
        while (stop == COMMA || stop == QUOTE) {
            at++;
            stop = scan();
        }
        return endField(opening, at - start, (byte) 0, stop);
    }

    private byte endField(int from, int to, byte mark, byte stop) {
        fields.add(from, to, mark);
        if (stop == COMMA) {
            at++;
        }
        return stop;
    }

    private LineEnd lineEnd(byte stop) throws IOException {
        if (stop == END) {
            return LineEnd.NONE;
        }
        at++;
        line++;
        if (stop == LF) {
            return LineEnd.LF;
        }
        if (more() && buffer[at] == '\n') {
            at++;
            return LineEnd.CRLF;
        }
        return LineEnd.CR;
    }

    /** Goes on to the next byte that may end something, and says its kind; {@link #END} at the end or at a fault. */
    private byte scan() throws IOException {
        while (more()) {
            byte stop = scanBuffer();
            if (stop == NUL) {
                fault = Unreadable.nul(line, place(at));
                return END;
            }
            if (stop != PLAIN) {
                return stop;
            }
        }
        return END;
    }

    private byte scanBuffer() {
        byte[] bytes = buffer;
        int end = limit;
        for (int i = at; i < end; i++) {
            byte kind = KINDS[bytes[i] & 0xff];
            if (kind != PLAIN) {
                if (kind > LAST_TRAIT) {
                    at = i;
                    return kind;
                }
                fields.trait(kind);
            }
        }
        at = end;
        return PLAIN;
    }

    /** True if there is a byte at {@link #at}; reads on where that is needed. */
    private boolean more() throws IOException {
        return at < limit || fill();
    }

    private boolean fill() throws IOException {
        if (fault != null) {
            return false;
        }
        if (limit - start >= MOST) {
            fault = Unreadable.tooLong(fields.line(), quoteLine);
            return false;
        }
        makeRoom();
        int count = source.read(buffer, limit, Math.min(readSize, buffer.length - limit));
        limit += Math.max(count, 0);
        return count > 0;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            at -= start;
            limit -= start;
            start = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.clamp(2L * limit, limit + 1, Math.max(MOST, readSize)));
        }
    }

    private @Nullable Problem notUtf8() {
        int invalid = Utf8.firstInvalid(buffer, start, fields.end());
        return invalid < 0 ? null : Unreadable.notUtf8(fields.line(), buffer[invalid], place(invalid));
    }

    /** The place in the file, from 1, of a byte in the buffer. */
    private long place(int index) {
        return source.bytes() - source.pending() - limit + index + 1;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, 0x80, 0x100, (byte) Fields.HIGH);
        Arrays.fill(kinds, 0, 0x20, (byte) Fields.CONTROL);
        kinds[0x7f] = Fields.CONTROL;
        kinds['\t'] = PLAIN;
        kinds[','] = COMMA;
        kinds['"'] = QUOTE;
        kinds['\n'] = LF;
        kinds['\r'] = CR;
        kinds[0] = NUL;
        return kinds;
    }
}
