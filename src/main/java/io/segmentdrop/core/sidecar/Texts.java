package io.segmentdrop.core.sidecar;

/** What may stand in a text: nothing that could forge a line of a log, a terminal's colours or the direction of reading. */
final class Texts {

    /** The longest name of the sender's that a message repeats, in characters. */
    private static final int MAX_SHOWN = 40;

    private Texts() {}

    /** True if half of a surrogate pair stands alone. */
    static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** True for control characters, separators of lines and paragraphs, and characters that turn the direction. */
    static boolean hasControl(String text) {
        return text.codePoints().anyMatch(Texts::isControl);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static boolean isShowable(String name) {
        return !name.isEmpty() && length(name) <= MAX_SHOWN && !hasControl(name) && !hasLoneSurrogate(name);
    }

    /** The name in backticks, or what can be said of it instead. */
    static String show(String name) {
        if (isShowable(name)) {
            return "`" + name + "`";
        }
        return length(name) > MAX_SHOWN ? "a name of " + length(name) + " characters" : "a name that cannot be shown";
    }
}
