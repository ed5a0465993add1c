package io.segmentdrop.core.check;

/**
 * Knows of the bytes in a row that need a look those that no rule objects to: line breaks in quoted values, and letters
 * beyond ASCII that tell of no mishap. In an address both are for the rules.
 */
final class Unusual {

    private static final Letters HARMLESS = new Letters(false, false, false);

    private final int email;
    private final boolean[] isTag;
    private final boolean allowsLineBreaks;
    private int lineBreaks;

    Unusual(Header header, CheckRules rules) {
        this.email = header.email();
        this.isTag = header.tags();
        this.allowsLineBreaks = !rules.rejectEmbeddedNewlines();
    }

    /**
     * True if no rule objects to what is unusual in a row, which is plain otherwise.
     *
     * @param ends where its fields end, from {@code first} on
     * @param looks its places that need a look and those behind, from {@code look} on
     * @param end behind the row
     */
    boolean knows(byte[] bytes, int row, int end, int[] ends, int first, int[] looks, int look) {
        lineBreaks = 0;
        boolean areLetters = false;
        int field = 0;
        for (int i = look; looks[i] < end; i++) {
            while (ends[first + field] < looks[i]) {
                field++;
            }
            int from = field == 0 ? row : ends[first + field - 1] + 1;
            byte value = bytes[looks[i]];
            if (field == email || !isWhole(bytes, from, ends[first + field])) {
                return false;
            }
            if (value == '\n' && allowsLineBreaks && !isTag[field]) {
                lineBreaks++;
            } else if (value < 0) {
                areLetters = true;
            } else {
                return false;
            }
        }
        return !areLetters || areHarmless(bytes, row, end);
    }

    /** How many line breaks inside quotes the row had that was last known. */
    int lineBreaks() {
        return lineBreaks;
    }

    /** For {@code CSV_TEXT_AFTER_QUOTE}. */
    private static boolean isWhole(byte[] bytes, int from, int to) {
        return bytes[from] != '"' || bytes[to - 1] == '"';
    }

    private static boolean areHarmless(byte[] bytes, int from, int to) {
        return Utf8.firstInvalid(bytes, from, to) < 0
                && Letters.in(bytes, from, to).equals(HARMLESS);
    }
}
