package io.segmentdrop.core.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of text in one long, the first one lowest, all asked the same question at once. Each byte's answer stands in
 * its highest bit; {@link #bits} moves the eight answers together. The bytes that are asked must be ASCII, so that their
 * highest bits are free, and no sum reaches into the next byte.
 *
 * <pre>
 *   bytes                        @    b    .    c    o    ,    x    y
 *                               40   62   2e   63   6f   2c   78   79
 *   exclusive or with commas    6c   4e   02   4f   43   00   54   55    zero where there is a comma
 *   plus 7f each                eb   cd   81   ce   c2   7f   d3   d4    80 or more where there is none
 *   differs(…, commas)           1    1    1    1    1    0    1    1    the highest bits
 *
 *   bits(~differs)               0    0    0    0    0    1    0    0    0b0010_0000: the first byte's bit is the lowest
 * </pre>
 */
final class Word {

    /** The highest bit of each byte: where the answers are. */
    static final long HIGHEST = 0x8080808080808080L;

    /** All bits but the highest of each byte. */
    static final long LOWER = 0x7f7f7f7f7f7f7f7fL;

    private static final long ONES = 0x0101010101010101L;
    private static final long TO_THE_TOP = 0x0002040810204081L;
    private static final VarHandle VIEW = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Word() {}

    /** The eight bytes from {@code at} on. */
    static long read(byte[] bytes, int at) {
        return (long) VIEW.get(bytes, at);
    }

    /** The four bytes from {@code at} on. */
    static int readFour(byte[] bytes, int at) {
        return (int) FOUR.get(bytes, at);
    }

    /** The first bytes of a word, as many as said and as there are, and zeros behind them. */
    static long upTo(long word, int count) {
        return count < Long.BYTES ? word & ((1L << (count << 3)) - 1) : word;
    }

    /** One byte, eight times. */
    static long of(int value) {
        return value * ONES;
    }

    /** Which bytes are not this character; the lower bits are of no meaning. */
    static long differs(long ascii, long character) {
        return (ascii ^ character) + LOWER;
    }

    /** Which bytes are in a range of characters, both ends included; the lower bits are of no meaning. */
    static long isIn(long ascii, int first, int last) {
        return (ascii + of(0x80 - first)) & ~(ascii + of(0x7f - last));
    }

    /** Eight answers as eight bits. All bits but the highest of each byte must be zero. */
    static long bits(long answers) {
        return (answers * TO_THE_TOP) >>> 56;
    }

    /** The place of the first byte of this value; -1 if there is none from {@code from} to before {@code to}. */
    static int indexOf(byte[] bytes, char value, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long differs = read(bytes, at) ^ of(value);
            // the lowest of these bits is right, also among bytes that are no ASCII
            long found = (differs - ONES) & ~differs & HIGHEST;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == value) {
                return at;
            }
        }
        return -1;
    }

    /** Before this place all bytes are visible ASCII characters or spaces; the first other one is fewer than eight on. */
    static int visibleTo(byte[] bytes, int from, int to) {
        int at = from;
        while (at + Long.BYTES <= to && isVisible(read(bytes, at))) {
            at += Long.BYTES;
        }
        return at;
    }

    private static boolean isVisible(long word) {
        return (word & HIGHEST) == 0 && (isIn(word, ' ', '~') & HIGHEST) == HIGHEST;
    }
}
