package io.segmentdrop.core.check;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    /** The index of the first byte that is not part of a whole, allowed sequence; -1 if all of them are. */
    static int firstInvalid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = length(bytes[at]);
            if (length == 0 || at + length > to || !isWhole(bytes, at, length)) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** The length of the sequence that this byte leads; 0 if it leads none. */
    static int length(byte lead) {
        int value = lead & 0xff;
        if (value < 0x80) {
            return 1;
        }
        if (value < 0xc2 || value > 0xf4) {
            return 0;
        }
        return value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
    }

    /** The code point at an index of valid UTF-8. */
    static int codePoint(byte[] bytes, int at) {
        int length = length(bytes[at]);
        if (length == 1) {
            return bytes[at];
        }
        int value = bytes[at] & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            value = (value << 6) | (bytes[at + i] & 0x3f);
        }
        return value;
    }

    private static boolean isWhole(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return length == 2 || isSecondAllowed(bytes[at] & 0xff, bytes[at + 1] & 0xff);
    }

    private static boolean isSecondAllowed(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
