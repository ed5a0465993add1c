package io.segmentdrop.core.drop;

import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;

/** What single characters do to a name. */
final class Characters {

    private Characters() {}

    /** Why this code point may not stand in a name; null if it may. */
    static @Nullable Code fault(int character) {
        if (character == '/' || character == '\\') {
            return Code.NAME_FORBIDDEN_CHAR;
        }
        if (Character.isISOControl(character) || character == 0x2028 || character == 0x2029) {
            return Code.NAME_CONTROL_CHAR;
        }
        if (character < 0x80) {
            return null;
        }
        // U+FFFD is what undecodable bytes of a name become
        if (character == 0xFFFD || Character.getType(character) == Character.SURROGATE) {
            return Code.NAME_NOT_UTF8;
        }
        if (turnsDirection(character)) {
            return Code.NAME_BIDI;
        }
        return isInvisible(character) ? Code.NAME_INVISIBLE_CHAR : null;
    }

    /** True if a person sees what it is; a separator is seen, though no name may hold it. */
    static boolean isShown(int character) {
        Code fault = fault(character);
        return fault == null || fault == Code.NAME_FORBIDDEN_CHAR;
    }

    /** How many bytes it has in UTF-8. */
    static int bytes(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }

    private static boolean turnsDirection(int character) {
        return switch (character) {
            case 0x061C, 0x200E, 0x200F -> true;
            default -> (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        };
    }

    /** Format characters, and the fillers, joiners and selectors that Unicode calls ignorable but files under other types. */
    private static boolean isInvisible(int character) {
        return switch (character) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> Character.getType(character) == Character.FORMAT || isSelector(character);
        };
    }

    private static boolean isSelector(int character) {
        return (character >= 0x180B && character <= 0x180F)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0000 && character <= 0xE0FFF);
    }
}
