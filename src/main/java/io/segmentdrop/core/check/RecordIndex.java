package io.segmentdrop.core.check;

import java.util.Arrays;

/**
 * Finds the marks of a CSV, its commas, quotes and line feeds, 64 bytes at a time: eight longs of eight bytes each are asked
 * which of their bytes are a mark, and the answers make one long, a bit a byte, whose bits are then read off.
 *
 * <pre>
 *   bytes       a @ b . c o , " x , y " , 1 ⏎ c @ d . e u , z ⏎ …
 *
 *   commas      . . . . . . 1 . . 1 . . 1 . . . . . . . . 1 . .
 *   quotes      . . . . . . . 1 . . . 1 . . . . . . . . . . . .
 *   line feeds  . . . . . . . . . . . . . . 1 . . . . . . . . 1
 *               -----------------------------------------------  or
 *   marks       . . . . . . 1 1 . 1 . 1 1 . 1 . . . . . . 1 . 1
 *
 *   index       6, 7, 9, 11, 12, 14, 21, 23, …
 * </pre>
 *
 * (Drawn with the first byte on the left; in the long it is the lowest bit, so that the number of trailing zeros is the
 * next mark's place.) How one long is asked is drawn in {@link Word}.
 *
 * <p>The index stops before the first byte that is neither a mark nor a visible ASCII character: a CR, a TAB, any other
 * control character, and all that is not ASCII. Most files have few such bytes, and the records they stand in are read by
 * {@link RecordReader}. What the marks mean, and whether they stand where they should, is {@link PlainRow}'s to say.
 */
final class RecordIndex {

    /** How many bytes one long tells of. */
    static final int BLOCK = 64;

    private static final long QUOTE = Word.of('"');
    private static final long COMMA = Word.of(',');
    private static final long LINE_FEED = Word.of('\n');

    /** How many marks are written at once, whether there are as many or not: cheaper than asking. */
    private static final int AT_ONCE = 8;

    private int[] marks = new int[2 * BLOCK];
    private int count;

    /** Where marks are, in order; the first {@link #count} count. */
    int[] marks() {
        return marks;
    }

    int count() {
        return count;
    }

    /**
     * Looks through the bytes up to a limit, or to the first byte that is not plain.
     *
     * @param bytes with {@link #BLOCK} more behind the limit, of no meaning
     * @return behind the last byte that was looked at
     */
    int build(byte[] bytes, int from, int limit) {
        count = 0;
        for (int base = from; base < limit; base += BLOCK) {
            long found = marks(bytes, base, 0)
                    | marks(bytes, base, 8)
                    | marks(bytes, base, 16)
                    | marks(bytes, base, 24)
                    | marks(bytes, base, 32)
                    | marks(bytes, base, 40)
                    | marks(bytes, base, 48)
                    | marks(bytes, base, 56);
            long others = others(bytes, base)
                    | others(bytes, base + 8)
                    | others(bytes, base + 16)
                    | others(bytes, base + 24)
                    | others(bytes, base + 32)
                    | others(bytes, base + 40)
                    | others(bytes, base + 48)
                    | others(bytes, base + 56);
            int end = others == 0 ? base + BLOCK : firstOther(bytes, base);
            end = Math.min(end, limit);
            write(end < base + BLOCK ? found & ((1L << (end - base)) - 1) : found, base);
            if (end < base + BLOCK) {
                return end;
            }
        }
        return limit;
    }

    /** Which of eight bytes are marks; of bytes that are not ASCII it may say anything, since the index ends before them. */
    private static long marks(byte[] bytes, int base, int at) {
        long ascii = Word.read(bytes, base + at) & Word.LOWER;
        long none = Word.differs(ascii, QUOTE) & Word.differs(ascii, COMMA) & Word.differs(ascii, LINE_FEED);
        return Word.bits(~none & Word.HIGHEST) << at;
    }

    /** Which of eight bytes are not ASCII, or control characters other than the line feed, each in its highest bit. */
    private static long others(byte[] bytes, int at) {
        long word = Word.read(bytes, at);
        long ascii = word & Word.LOWER;
        long isControl = ~(ascii + Word.of(0x60)) | (ascii + Word.of(1));
        return (word | (isControl & Word.differs(ascii, LINE_FEED))) & Word.HIGHEST;
    }

    private static int firstOther(byte[] bytes, int base) {
        int at = base;
        while (others(bytes, at) == 0) {
            at += Long.BYTES;
        }
        return at + (Long.numberOfTrailingZeros(others(bytes, at)) >>> 3);
    }

    private void write(long found, int base) {
        if (count + BLOCK > marks.length) {
            marks = Arrays.copyOf(marks, 2 * marks.length);
        }
        int number = Long.bitCount(found);
        int[] into = marks;
        long rest = found;
        for (int i = 0; i < AT_ONCE; i++) {
            into[count + i] = base + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
        }
        for (int i = AT_ONCE; i < number; i++) {
            into[count + i] = base + Long.numberOfTrailingZeros(rest);
            rest &= rest - 1;
        }
        count += number;
    }
}
