package io.segmentdrop.core.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Knows the rows that no rule has anything to say about and that are sent byte by byte as they are. Each method stands for
 * rules of {@link RowRules} and warnings of {@link ValueWarnings} and is stricter than they are; what it does not know is
 * for them to judge.
 *
 * <p>It reads a row by its fields' ends, as {@link RecordIndex} found them, which also says that quotes stand around whole
 * fields or doubled inside them. Line breaks in quotes, and bytes that are not visible ASCII, are {@link Unusual}'s.
 */
final class PlainRow {

    /** Tag cells up to this many bytes break no limit of {@link TagRule}. */
    private static final int LONGEST_TAGS = 99;

    /** Shorter numbers are not in scientific notation. */
    private static final int SHORTEST_SCIENTIFIC = 5;

    /** {@code NULL}, {@code None} and {@code n/a} are not longer. */
    private static final int LONGEST_NOTHING = 4;

    // what a value begins with, unless nothing of interest; each needs a look if the next byte is one of its seconds
    private static final byte DIGIT = 1;
    private static final byte BIG_N = 2;
    private static final byte SMALL_N = 4;
    private static final byte SUSPECT = 8;

    private static final int BYTES = 0x100;
    private static final byte[] BEGINNINGS = beginnings();
    private static final byte[] SECONDS = seconds();

    private final int width;
    private final PlainEmail email;
    private final int[] tags;
    private final boolean[] isTag;
    private final boolean[] isReplacing;
    private final boolean allowsAnyTag;

    PlainRow(Header header, CheckRules rules) {
        this.width = header.width();
        this.email = PlainEmail.of(rules);
        this.isTag = header.tags();
        this.tags = IntStream.range(1, width).filter(i -> isTag[i]).toArray();
        this.isReplacing = new boolean[width];
        for (int i = 1; i < width; i++) {
            isReplacing[i] = header.columns().get(i).kind() == Column.Kind.REPLACING_TAG;
        }
        this.allowsAnyTag = rules.allowedTags() == null;
    }

    /** For {@code CSV_FORMULA}, {@code CSV_NULL_LITERAL} and {@code CSV_EXCEL_DAMAGE_SUSPECTED}: by the first byte, … */
    private static byte[] beginnings() {
        byte[] beginnings = new byte[BYTES];
        for (char suspect : ValueWarnings.SUSPECTS.toCharArray()) {
            beginnings[suspect] = SUSPECT;
        }
        Arrays.fill(beginnings, '0', '9' + 1, DIGIT);
        beginnings['N'] = BIG_N;
        beginnings['n'] = SMALL_N;
        return beginnings;
    }

    /** … and by the second: {@code 1.23E+15}, {@code NULL}, {@code None}, {@code n/a}. */
    private static byte[] seconds() {
        byte[] seconds = new byte[BYTES];
        Arrays.fill(seconds, SUSPECT);
        seconds['.'] |= DIGIT;
        seconds['U'] |= BIG_N;
        seconds['o'] |= BIG_N;
        seconds['/'] |= SMALL_N;
        return seconds;
    }

    /**
     * True if rows under these rules can be plain at all: nothing is moved, left out or hashed, and no address is the
     * header again.
     */
    static boolean canBe(Header header, CheckRules rules) {
        return header.email() == 0
                && !header.trailing()
                && !header.rejects()
                && !rules.hash()
                && header.columns().getFirst().original().chars().allMatch(c -> c < 0x80);
    }

    /**
     * Goes over many rows at once, most of which have no value that needs a second look: to where each field ends as it
     * should and each value but an address, in quotes or not, begins harmlessly.
     *
     * @param ends where fields and rows end, a row's from {@code first} on, all before {@code last}
     * @return the number of the first end that is wrong or has something else behind it
     */
    int simpleTo(byte[] bytes, int[] ends, int first, int last) {
        int column = 0;
        for (int i = first; i < last; i++) {
            int around = Word.readFour(bytes, ends[i]);
            int value = around >>> (8 + quoteBits((around >>> 8) & 0xff));
            int wrong = BEGINNINGS[value & 0xff] & SECONDS[(value >>> 8) & 0xff];
            int expected = ',';
            if (++column == width) {
                column = 0;
                expected = '\n';
                wrong = 0;
            }
            if ((wrong | ((around & 0xff) ^ expected)) != 0) {
                return i;
            }
        }
        return last;
    }

    /** True if a row is plain whose ends {@link #simpleTo} has gone over. */
    boolean knowsSimple(byte[] bytes, int row, int[] ends, int first) {
        int quote = bytes[row] == '"' ? 1 : 0;
        return areTagsPlain(bytes, ends, first) && email.knows(bytes, row + quote, ends[first] - quote);
    }

    /** 8 for a quote, 0 for any other byte from 0 to 255. */
    private static int quoteBits(int value) {
        return (((value ^ '"') - 1) >>> 28) & 8;
    }

    private boolean areTagsPlain(byte[] bytes, int[] ends, int first) {
        for (int tag : tags) {
            int from = ends[first + tag - 1] + 1;
            int quote = bytes[from] == '"' ? 1 : 0;
            if (!areTagsPlain(bytes, from + quote, ends[first + tag] - quote, tag)) {
                return false;
            }
        }
        return true;
    }

    /**
     * True if a row is plain, asked field by field with a second look.
     *
     * @param row where it begins
     * @param ends where fields and rows end, the row's from {@code first} on, if it has all
     */
    boolean knows(byte[] bytes, int row, int[] ends, int first) {
        int from = row;
        for (int i = 0; i < width; i++) {
            int end = ends[first + i];
            int quote = bytes[from] == '"' ? 1 : 0;
            if (bytes[end] != (i < width - 1 ? ',' : '\n') || !isPlain(bytes, from + quote, end - quote, i)) {
                return false;
            }
            from = end + 1;
        }
        return true;
    }

    private boolean isPlain(byte[] bytes, int from, int to, int column) {
        if (column == 0) {
            return email.knows(bytes, from, to);
        }
        return isValuePlain(bytes, from, to) && (!isTag[column] || areTagsPlain(bytes, from, to, column));
    }

    /** As in {@link #simpleTo}, with a second look; an empty value in quotes is like one without. */
    private static boolean isValuePlain(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        return switch (BEGINNINGS[bytes[from] & 0xff]) {
            case DIGIT -> to - from < SHORTEST_SCIENTIFIC || bytes[from + 1] != '.';
            case BIG_N, SMALL_N -> to - from > LONGEST_NOTHING;
            case SUSPECT -> false;
            default -> true;
        };
    }

    /** For {@code CSV_TAG_INVALID}, {@code POLICY_TAG_FORBIDDEN} and {@code CSV_TAG_REPLACE_EMPTY}. */
    private boolean areTagsPlain(byte[] bytes, int from, int to, int column) {
        if (from == to) {
            return !isReplacing[column];
        }
        return allowsAnyTag && to - from <= LONGEST_TAGS && bytes[from] != ',' && bytes[from] != ' ';
    }
}
