package io.segmentdrop.core.check;

/**
 * Sorts the bytes of a stretch of text by what they may mean in a CSV: separators, quotes, and others that need a look
 * wherever they stand. The answers stand in the highest bits of arrays as long as the text.
 *
 * <pre>
 *   byte                       ,    "   \n    a   \t  DEL    é: c3
 *                             2c   22   0a   61   09   7f       c3
 *   differs from a comma       0    1    1    1    1    1        1    the highest bit of ((x &amp; 7f) + 7f) | x, where
 *                                                                     x is the exclusive or with a comma
 *   is no visible ASCII        0    0    1    0    1    1        1    the highest bit of (b - 20) | (b + 1) | b
 * </pre>
 *
 * <p>The loops ask one byte after another, and the compiler makes loops of them that ask 32 or 64 at once. So that it can,
 * they have neither branches nor comparisons, write to one array each, and use the same index for all arrays.
 */
final class ByteKinds {

    /** How many bytes are sorted at once, a multiple of {@link RecordIndex#BLOCK}. */
    static final int STRETCH = 8192;

    private static final int LOWER = 0x7f;
    private static final int HIGHEST = -0x80;

    private final byte[] text = new byte[STRETCH];
    private final byte[] separators = new byte[STRETCH];
    private final byte[] quotes = new byte[STRETCH];
    private final byte[] notable = new byte[STRETCH];

    /** Sorts bytes, at most {@link #STRETCH}; places count from the first of them afterwards. */
    void sort(byte[] bytes, int from, int count) {
        System.arraycopy(bytes, from, text, 0, count);
        findSeparators(text, separators);
        findQuotes(text, quotes);
        findNotable(text, notable);
    }

    private static void findSeparators(byte[] text, byte[] found) {
        for (int i = 0; i < STRETCH; i++) {
            found[i] = (byte) (~(differs(text[i], ',') & differs(text[i], '\n')) & HIGHEST);
        }
    }

    private static void findQuotes(byte[] text, byte[] found) {
        for (int i = 0; i < STRETCH; i++) {
            found[i] = (byte) (~differs(text[i], '"') & HIGHEST);
        }
    }

    private static void findNotable(byte[] text, byte[] found) {
        for (int i = 0; i < STRETCH; i++) {
            int notVisible = (text[i] - ' ') | (text[i] + 1) | text[i];
            found[i] = (byte) (((notVisible & differs(text[i], '\n')) | ~differs(text[i], '"')) & HIGHEST);
        }
    }

    private static int differs(int value, int character) {
        int difference = value ^ character;
        return ((difference & LOWER) + LOWER) | difference;
    }

    /** Which of the 64 bytes from a place on are commas or line feeds, the first one's bit lowest. */
    long separators(int at) {
        return bits(separators, at);
    }

    /** Which of them are quotes. */
    long quotes(int at) {
        return bits(quotes, at);
    }

    /** Which of them are quotes or neither separators nor visible ASCII characters. */
    long notable(int at) {
        return bits(notable, at);
    }

    /** True if {@link #notable} is not zero; in most blocks it is zero. */
    boolean hasNotable(int at) {
        long any = 0;
        for (int i = at; i < at + RecordIndex.BLOCK; i += Long.BYTES) {
            any |= Word.read(notable, i);
        }
        return any != 0;
    }

    private static long bits(byte[] flags, int at) {
        return Word.bits(Word.read(flags, at))
                | Word.bits(Word.read(flags, at + 8)) << 8
                | Word.bits(Word.read(flags, at + 16)) << 16
                | Word.bits(Word.read(flags, at + 24)) << 24
                | Word.bits(Word.read(flags, at + 32)) << 32
                | Word.bits(Word.read(flags, at + 40)) << 40
                | Word.bits(Word.read(flags, at + 48)) << 48
                | Word.bits(Word.read(flags, at + 56)) << 56;
    }
}
