package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits the source into records and fields (RFC 4180, and the leniences of the design's section 6): a state machine over
 * the bytes of the window. It reads what {@link PlainRows} leaves to it, and can read everything.
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

    private final Window window;
    private final Fields fields = new Fields();
    private long line = 1;
    private long quoteLine;
    private @Nullable Problem fault;

    /** A reader from the window's present place, which is in line 1. */
    RecordReader(Window window) {
        this.window = window;
    }

    /** The record that {@link #next()} came upon; the same object each time. */
    Fields fields() {
        return fields;
    }

    /** Why the file cannot be read on, after {@link Step#FAULT}. */
    Problem fault() {
        return Objects.requireNonNull(fault);
    }

    /** Tells of lines that someone else has read, up to the window's present place. */
    void passed(long lines) {
        line += lines;
    }

    /** The line in which the next record begins, from 1. */
    long line() {
        return line;
    }

    /** Goes on to the next record. */
    Step next() throws IOException {
        window.start = window.at;
        quoteLine = 0;
        fields.begin(line);
        if (!more()) {
            return Step.END;
        }
        byte stop;
        do {
            stop = field();
        } while (stop == COMMA);
        int length = window.at - window.start;
        LineEnd lineEnd = lineEnd(stop);
        fields.end(window.bytes, window.start, window.start + length, lineEnd);
        return judge();
    }

    private Step judge() {
        if (fault == null && window.at - window.start > CheckRules.MAX_RECORD) {
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
        int from = window.at - window.start;
        skipBlanks();
        if (more() && window.bytes[window.at] == '"') {
            if (window.at - window.start > from) {
                fields.trait(Fields.SPACED);
            }
            return quoted();
        }
        window.at = window.start + from;
        return unquoted(from);
    }

    private void skipBlanks() throws IOException {
        while (more() && (window.bytes[window.at] == ' ' || window.bytes[window.at] == '\t')) {
            window.at++;
        }
    }

    private byte unquoted(int from) throws IOException {
        byte stop = scan();
        while (stop == QUOTE) {
            fields.fault(Code.CSV_STRAY_QUOTE, window.at - window.start > from && window.bytes[window.at - 1] == '\\');
            window.at++;
            stop = scan();
        }
        return endField(from, window.at - window.start, (byte) 0, stop);
    }

    private byte quoted() throws IOException {
        quoteLine = line;
        int opening = window.at - window.start;
        byte mark = Fields.QUOTED;
        window.at++;
        for (byte stop = scan(); stop != END; stop = scan()) {
            window.at++;
            if (stop == LF || stop == CR) {
                countLineBreakInside(stop);
            } else if (stop == QUOTE) {
                if (!more() || window.bytes[window.at] != '"') {
                    return afterQuote(opening, mark);
                }
                mark |= Fields.ESCAPED;
                window.at++;
            }
        }
        if (fault == null) {
            fault = Unreadable.unclosedQuote(quoteLine);
        }
        return END;
    }

    private void countLineBreakInside(byte stop) {
        fields.trait(Fields.LINE_BREAK);
        if (stop == CR || window.bytes[window.at - 2] != '\r') {
            line++;
        }
    }

    /** Reads on behind a closing quote: nothing but blanks may stand before the comma or line end. */
    private byte afterQuote(int opening, byte mark) throws IOException {
        quoteLine = 0;
        int closing = window.at - window.start - 1;
        skipBlanks();
        if (window.at - window.start > closing + 1) {
            fields.trait(Fields.SPACED);
        }
        byte stop = more() ? KINDS[window.bytes[window.at] & 0xff] : END;
        if (stop == COMMA || stop == LF || stop == CR || stop == END) {
            return endField(opening + 1, closing, mark, stop);
        }
        fields.fault(Code.CSV_TEXT_AFTER_QUOTE, window.bytes[window.start + closing - 1] == '\\');
        return restOfLine(opening);
    }

    /** Takes all up to the next line end as one field, from its opening quote on. */
    private byte restOfLine(int opening) throws IOException {
        byte stop = scan();
        while (stop == COMMA || stop == QUOTE) {
            window.at++;
            stop = scan();
        }
        return endField(opening, window.at - window.start, (byte) 0, stop);
    }

    private byte endField(int from, int to, byte mark, byte stop) {
        fields.add(from, to, mark);
        if (stop == COMMA) {
            window.at++;
        }
        return stop;
    }

    private LineEnd lineEnd(byte stop) throws IOException {
        if (stop == END) {
            return LineEnd.NONE;
        }
        window.at++;
        line++;
        if (stop == LF) {
            return LineEnd.LF;
        }
        if (more() && window.bytes[window.at] == '\n') {
            window.at++;
            return LineEnd.CRLF;
        }
        return LineEnd.CR;
    }

    /** Goes on to the next byte that may end something, and says its kind; {@link #END} at the end or at a fault. */
    private byte scan() throws IOException {
        while (more()) {
            byte stop = scanBuffer();
            if (stop == NUL) {
                fault = Unreadable.nul(line, window.place(window.at) + 1);
                return END;
            }
            if (stop != PLAIN) {
                return stop;
            }
        }
        return END;
    }

    private byte scanBuffer() {
        byte[] bytes = window.bytes;
        int end = window.limit;
        for (int i = window.at; i < end; i++) {
            byte kind = KINDS[bytes[i] & 0xff];
            if (kind != PLAIN) {
                if (kind > LAST_TRAIT) {
                    window.at = i;
                    return kind;
                }
                fields.trait(kind);
            }
        }
        window.at = end;
        return PLAIN;
    }

    /** True if there is a next byte; reads on where that is needed. */
    private boolean more() throws IOException {
        return window.at < window.limit || fill();
    }

    private boolean fill() throws IOException {
        if (fault == null && window.isFull()) {
            fault = Unreadable.tooLong(fields.line(), quoteLine);
        }
        return fault == null && window.fill();
    }

    private @Nullable Problem notUtf8() {
        int invalid = Utf8.firstInvalid(window.bytes, window.start, fields.end());
        return invalid < 0 ? null : Unreadable.notUtf8(fields.line(), window.bytes[invalid], window.place(invalid) + 1);
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
