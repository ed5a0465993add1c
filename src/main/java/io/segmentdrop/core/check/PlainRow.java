package io.segmentdrop.core.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Knows the rows that no rule has anything to say about and that are sent byte by byte as they are. Each method stands for
 * rules of {@link RowRules} and warnings of {@link ValueWarnings} and is stricter than they are; what it does not know is
 * for them to judge.
 *
 * <p>It reads a row by its marks, as {@link RecordIndex} found them: a row without quotes has one mark for each field; in
 * one with quotes a quoted field's first mark stands at its first byte, and its closing one right before its end. A doubled
 * quote or a line break inside quotes makes a row that is not plain.
 */
final class PlainRow {

    /** Tag cells up to this many bytes break no limit of {@link TagRule}. */
    private static final int LONGEST_TAGS = 99;

    /** Shorter numbers are not in scientific notation. */
    private static final int SHORTEST_SCIENTIFIC = 5;

    /** {@code NULL}, {@code None} and {@code n/a} are not longer. */
    private static final int LONGEST_NOTHING = 4;

    // what a value begins with: nothing of interest, or something that needs a look
    private static final byte HARMLESS = 0;
    private static final byte DIGIT = 1;
    private static final byte QUOTE = 2;
    private static final byte LETTER = 4;
    private static final byte SUSPECT = 8;

    /** How many bytes can begin a value: the ASCII characters. */
    private static final int CHARACTERS = 0x80;

    private static final byte[] BEGINNINGS = beginnings();

    private final int width;
    private final PlainEmail email;
    private final int[] tags;
    private final boolean[] isTag;
    private final boolean[] isReplacing;
    private final boolean allowsAnyTag;
    private int marksUsed;

    PlainRow(Header header, CheckRules rules) {
        this.width = header.width();
        this.email = PlainEmail.of(rules);
        this.tags = IntStream.range(1, width)
                .filter(i -> header.columns().get(i).isTag())
                .toArray();
        this.isTag = new boolean[width];
        this.isReplacing = new boolean[width];
        for (int i = 1; i < width; i++) {
            isTag[i] = header.columns().get(i).isTag();
            isReplacing[i] = header.columns().get(i).kind() == Column.Kind.REPLACING_TAG;
        }
        this.allowsAnyTag = rules.allowedTags() == null;
    }

    /** For {@code CSV_FORMULA}, {@code CSV_NULL_LITERAL} and {@code CSV_EXCEL_DAMAGE_SUSPECTED}: by the first byte. */
    private static byte[] beginnings() {
        byte[] beginnings = new byte[CHARACTERS];
        for (char suspect : ValueWarnings.SUSPECTS.toCharArray()) {
            beginnings[suspect] = SUSPECT;
        }
        Arrays.fill(beginnings, '0', '9' + 1, DIGIT);
        beginnings['N'] = LETTER;
        beginnings['n'] = LETTER;
        beginnings['"'] = QUOTE;
        return beginnings;
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
                && header.columns().getFirst().original().chars().allMatch(c -> c < CHARACTERS);
    }

    /**
     * Where a plain row ends.
     *
     * @param row where it begins
     * @param marks where its marks are, from {@code first} to before {@code last}
     * @return behind its line feed; 0 if the row is not plain or its end is not among the marks
     */
    int end(byte[] bytes, int row, int[] marks, int first, int last) {
        if (first + width <= last && isSimple(bytes, marks, first) && areTagsSimple(bytes, marks, first)) {
            marksUsed = width;
            return email.knows(bytes, row, marks[first]) ? marks[first + width - 1] + 1 : 0;
        }
        return endByFields(bytes, row, marks, first, last);
    }

    /** How many marks the plain row had whose end was last found. */
    int marksUsed() {
        return marksUsed;
    }

    /**
     * All in one for most rows, those without a quote and without a value that needs a second look: each mark is the end
     * that it should be, and each value begins harmlessly. It asks everything and decides once, which is quicker.
     */
    private boolean isSimple(byte[] bytes, int[] marks, int first) {
        int wrong = bytes[marks[first + width - 1]] ^ '\n';
        for (int i = 1; i < width; i++) {
            int around = Word.readFour(bytes, marks[first + i - 1]);
            int beginning = BEGINNINGS[(around >>> 8) & (CHARACTERS - 1)];
            wrong |= ((around & 0xff) ^ ',') | (beginning & ~DIGIT) | (beginning & isDot((around >>> 16) & 0xff));
        }
        return wrong == 0;
    }

    /** 1 for a dot, 0 for any other byte from 0 to 255. */
    private static int isDot(int value) {
        return ((value ^ '.') - 1) >>> 31;
    }

    private boolean areTagsSimple(byte[] bytes, int[] marks, int first) {
        for (int tag : tags) {
            if (!areTagsPlain(bytes, marks[first + tag - 1] + 1, marks[first + tag], tag)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same field by field, where some are quoted or need a second look; for {@code CSV_STRAY_QUOTE} and {@code
     * CSV_TEXT_AFTER_QUOTE} too.
     */
    private int endByFields(byte[] bytes, int row, int[] marks, int first, int last) {
        int from = row;
        int mark = first;
        for (int i = 0; i < width; i++) {
            int quote = 0;
            if (mark < last && marks[mark] == from && bytes[from] == '"') {
                quote = 1;
                mark = behindClosing(bytes, marks, mark + 1, last);
            }
            if (mark >= last || bytes[marks[mark]] != (i < width - 1 ? ',' : '\n')) {
                return 0;
            }
            if (!isPlain(bytes, from + quote, marks[mark] - quote, i)) {
                return 0;
            }
            from = marks[mark++] + 1;
        }
        marksUsed = mark - first;
        return from;
    }

    /** The mark right behind a closing quote; {@code last} if something else stands there, or a line feed inside. */
    private static int behindClosing(byte[] bytes, int[] marks, int inside, int last) {
        int mark = inside;
        while (mark < last && bytes[marks[mark]] == ',') {
            mark++;
        }
        boolean isClosed = mark + 1 < last && bytes[marks[mark]] == '"' && marks[mark + 1] == marks[mark] + 1;
        return isClosed ? mark + 1 : last;
    }

    private boolean isPlain(byte[] bytes, int from, int to, int column) {
        if (column == 0) {
            return email.knows(bytes, from, to);
        }
        return isValuePlain(bytes, from, to) && (!isTag[column] || areTagsPlain(bytes, from, to, column));
    }

    /** As in {@link #isSimple}, with a second look; an empty value in quotes is like one without. */
    private static boolean isValuePlain(byte[] bytes, int from, int to) {
        return from == to
                || switch (BEGINNINGS[bytes[from]]) {
                    case HARMLESS -> true;
                    case DIGIT -> to - from < SHORTEST_SCIENTIFIC || bytes[from + 1] != '.';
                    case LETTER -> to - from > LONGEST_NOTHING;
                    default -> false;
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
