package io.segmentdrop.core.check;

import java.util.Arrays;

/**
 * Finds where the fields and rows of a CSV end, 64 bytes at a time: {@link ByteKinds} says which bytes are separators and
 * quotes, one long of a bit a byte for each, and what stands between quotes is taken out.
 *
 * <pre>
 *   bytes       a @ b . c o , " x , y " , 1 ⏎ c @ d . e u , é ⏎ …
 *
 *   separators  . . . . . . 1 . . 1 . . 1 . 1 . . . . . . 1 . 1
 *   quotes      . . . . . . . 1 . . . 1 . . . . . . . . . . . .
 *   inside      . . . . . . . 1 1 1 1 . . . . . . . . . . . . .     from a quote to before the next one
 *               -----------------------------------------------     separators, and not inside
 *   ends        . . . . . . 1 . . . . . 1 . 1 . . . . . . 1 . 1
 *
 *   index       6, 12, 14, 21, 23, …
 *   looks       22, …
 * </pre>
 *
 * (Drawn with the first byte on the left; in the long it is the lowest bit, so that the number of trailing zeros is the
 * next end's place.) A doubled quote closes and opens at once, which comes to the same.
 *
 * <p>The index stops before a quote that stands where none may, or before what may not follow one; from there on nobody
 * can tell what is inside. It notes the places that need a look: line feeds inside quotes, and bytes that are neither
 * separators nor visible ASCII characters. What they mean is {@link Unusual}'s to say, and whether each row has its fields
 * {@link PlainRow}'s.
 */
final class RecordIndex {

    /** How many bytes one long tells of. */
    static final int BLOCK = 64;

    /** How many ends are written at once, whether there are as many or not: cheaper than asking. */
    private static final int AT_ONCE = 8;

    private final ByteKinds kinds = new ByteKinds();
    private int[] ends = new int[2 * BLOCK];
    private int count;
    private int[] looks = new int[BLOCK];
    private int looksCount;
    private int behindLastRow;

    // what the next block must know of those before
    private long inside;
    private long maySeparate;
    private long afterClosing;

    /** Where fields and rows end, in order: commas and line feeds outside quotes; the first {@link #count} count. */
    int[] ends() {
        return ends;
    }

    int count() {
        return count;
    }

    /** The places that need a look, in order; behind the last one stands a place that no array has. */
    int[] looks() {
        return looks;
    }

    /** Behind the last row that ends within the index; 0 if none does. */
    int behindLastRow() {
        return behindLastRow;
    }

    /**
     * Looks through the bytes up to a limit, or to the first misplaced quote.
     *
     * @param bytes with {@link #BLOCK} more behind the limit, of no meaning
     * @param from where a row begins
     * @return behind the last byte that was looked at
     */
    int build(byte[] bytes, int from, int limit) {
        count = 0;
        looksCount = 0;
        inside = 0;
        maySeparate = 1;
        afterClosing = 0;
        int end = buildBlocks(bytes, from, limit);
        looks[looksCount] = Integer.MAX_VALUE;
        int last = count - 1;
        while (last >= 0 && bytes[ends[last]] != '\n') {
            last--;
        }
        behindLastRow = last < 0 ? 0 : ends[last] + 1;
        return end;
    }

    private int buildBlocks(byte[] bytes, int from, int limit) {
        for (int stretch = from; stretch < limit; stretch += ByteKinds.STRETCH) {
            int to = Math.min(limit, stretch + ByteKinds.STRETCH);
            kinds.sort(bytes, stretch, Math.min(to + BLOCK - 1, stretch + ByteKinds.STRETCH) - stretch);
            for (int base = stretch; base < to; base += BLOCK) {
                long known = to - base < BLOCK ? (1L << (to - base)) - 1 : -1L;
                long wrong = block(bytes, base, base - stretch, known);
                if (wrong != 0) {
                    return base + Long.numberOfTrailingZeros(wrong);
                }
            }
        }
        return limit;
    }

    /** Notes one block's ends and looks before anything wrong in it; what is wrong in it. */
    private long block(byte[] bytes, int base, int at, long known) {
        long separators = kinds.separators(at) & known;
        if ((inside | afterClosing) == 0 && !kinds.hasNotable(at)) {
            maySeparate = separators >>> 63;
            write(separators, base);
            return 0;
        }
        return notableBlock(bytes, base, at, known, separators);
    }

    private long notableBlock(byte[] bytes, int base, int at, long known, long separators) {
        long quotes = kinds.quotes(at) & known;
        long others = kinds.notable(at) & known & ~quotes;
        long within = inside ^ everySecond(quotes);
        long opening = quotes & within;
        long closing = quotes & ~within;
        long outside = separators & ~within;
        long mayOpen = ((outside | closing) << 1) | maySeparate;
        long behindClosing = ((closing << 1) | afterClosing) & known;
        long wrong = (opening & ~mayOpen) | (behindClosing & ~(outside | opening | others));
        long right = Long.lowestOneBit(wrong) - 1;
        inside = within >> 63;
        maySeparate = (outside | closing) >>> 63;
        afterClosing = closing >>> 63;
        write(outside & right, base);
        noteLooks(bytes, (others | (separators & within)) & right, base);
        return wrong;
    }

    /** All bits from each first to before each second one of those that are set. */
    private static long everySecond(long bits) {
        long parity = bits;
        for (int distance = 1; distance < Long.SIZE; distance <<= 1) {
            parity ^= parity << distance;
        }
        return parity;
    }

    private void noteLooks(byte[] bytes, long found, int base) {
        if (looksCount + BLOCK >= looks.length) {
            looks = Arrays.copyOf(looks, 2 * looks.length);
        }
        for (long rest = found; rest != 0; rest &= rest - 1) {
            int place = base + Long.numberOfTrailingZeros(rest);
            if (bytes[place] != ',') {
                looks[looksCount++] = place;
            }
        }
    }

    private void write(long found, int base) {
        if (count + BLOCK > ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        int number = Long.bitCount(found);
        int[] into = ends;
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
