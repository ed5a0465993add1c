package io.segmentdrop.core.check;

/**
 * Letters beyond ASCII that tell of a mishap.
 *
 * @param smartQuotes typographic double quotes
 * @param lineBreaks Unicode's line separators
 * @param mojibake what UTF-8 looks like after it was read as Windows-1252
 */
record Letters(boolean smartQuotes, boolean lineBreaks, boolean mojibake) {

    /** Looks through valid UTF-8. */
    static Letters in(byte[] bytes, int from, int to) {
        boolean smartQuotes = false;
        boolean lineBreaks = false;
        boolean mojibake = false;
        int before = 0;
        for (int i = from; i < to; i += Utf8.length(bytes[i])) {
            int codePoint = Utf8.codePoint(bytes, i);
            smartQuotes |= codePoint == 0x201c || codePoint == 0x201d;
            lineBreaks |= codePoint == 0x85 || codePoint == 0x2028 || codePoint == 0x2029;
            mojibake |= isMojibake(before, codePoint);
            before = codePoint;
        }
        return new Letters(smartQuotes, lineBreaks, mojibake);
    }

    /** The first byte of a sequence reads as U+00C2, U+00C3 or U+00E2, the second as no letter of any word. */
    private static boolean isMojibake(int one, int two) {
        return switch (one) {
            case 0xc2, 0xc3 -> (two >= 0x80 && two <= 0xbf) || (two >= 0x2013 && two <= 0x203a) || two == 0x20ac;
            case 0xe2 -> two == 0x20ac;
            default -> false;
        };
    }
}
