package io.segmentdrop.core.send;

/** One letter of ASCII as texts write it: itself, or spelled out as URLs, JSON, scripts and HTML do. */
final class Spelling {

    private static final int LONGEST = 10;

    private Spelling() {}

    /** The place after this letter, if it stands at that place in any spelling; else -1. */
    static int after(String text, int at, char letter, boolean anyCase) {
        if (at >= text.length()) {
            return -1;
        }
        int spelledOut = switch (text.charAt(at)) {
            case '%' -> afterPercent(text, at + 1, letter, anyCase);
            case '\\' -> afterBackslash(text, at + 1, letter, anyCase);
            case '&' -> afterAmpersand(text, at + 1, letter, anyCase);
            default -> -1;
        };
        return spelledOut < 0 && isSame(text.charAt(at), letter, anyCase) ? at + 1 : spelledOut;
    }

    /** The two alphabets of Base64 differ in two letters. */
    private static boolean isSame(int found, char letter, boolean anyCase) {
        if (found < 0 || found >= 0x80) {
            return false;
        }
        return anyCase
                ? Character.toLowerCase(found) == Character.toLowerCase(letter)
                : found == letter || found == otherAlphabet(letter);
    }

    private static char otherAlphabet(char letter) {
        return switch (letter) {
            case '+' -> '-';
            case '/' -> '_';
            default -> letter;
        };
    }

    /** A percent sign may have been escaped again and again. */
    private static int afterPercent(String text, int at, char letter, boolean anyCase) {
        int place = at;
        while (true) {
            if (isSame(number(text, place, place + 2, 16), letter, anyCase)) {
                return place + 2;
            }
            if (!text.startsWith("25", place)) {
                return -1;
            }
            place += 2;
        }
    }

    private static int afterBackslash(String text, int at, char letter, boolean anyCase) {
        int place = at;
        while (place < text.length() && text.charAt(place) == '\\') {
            place++;
        }
        if (place >= text.length()) {
            return -1;
        }
        char kind = text.charAt(place);
        int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
        int found = digits > 0 ? number(text, place + 1, place + 1 + digits, 16) : kind;
        return isSame(found, letter, anyCase) ? place + 1 + digits : -1;
    }

    private static int afterAmpersand(String text, int at, char letter, boolean anyCase) {
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > LONGEST) {
            return -1;
        }
        int found = switch (text.substring(at, end)) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> reference(text, at, end);
        };
        return isSame(found, letter, anyCase) ? end + 1 : -1;
    }

    private static int reference(String text, int at, int end) {
        if (text.startsWith("#x", at) || text.startsWith("#X", at)) {
            return number(text, at + 2, end, 16);
        }
        return text.startsWith("#", at) ? number(text, at + 1, end, 10) : -1;
    }

    private static int number(String text, int from, int to, int radix) {
        if (to > text.length() || from >= to) {
            return -1;
        }
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    /** The place after what may stand between two letters: line ends, also written as escapes, and what is not seen. */
    static int afterBreak(String text, int at) {
        int place = at;
        while (place < text.length()) {
            int type = Character.getType(text.charAt(place));
            if (type == Character.CONTROL || type == Character.FORMAT) {
                place++;
            } else if (text.startsWith("\\n", place) || text.startsWith("\\r", place)) {
                place += 2;
            } else {
                break;
            }
        }
        return place;
    }

    /** Whether the text ends here, or in the middle of a letter that is spelled out from here on. */
    static boolean isBrokenOff(String text, int at) {
        return at >= text.length() || (text.length() - at < LONGEST && "%\\&".indexOf(text.charAt(at)) >= 0);
    }

    /** The place after the one letter of Base64 that tells a part of what stands before it, and after its padding. */
    static int afterBase64(String text, int at) {
        int place = at;
        if (place < text.length() && isBase64(text.charAt(place))) {
            place++;
        }
        for (int next = after(text, place, '=', true); next > 0; next = after(text, place, '=', true)) {
            place = next;
        }
        return place;
    }

    private static boolean isBase64(char letter) {
        return (letter < 0x80 && Character.isLetterOrDigit(letter)) || "+/-_".indexOf(letter) >= 0;
    }
}
