package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.Suppression;
import org.jspecify.annotations.Nullable;

/** The check of a hash in a suppression list: hexadecimal digits, as many as its type has. */
final class HashShape {

    private HashShape() {}

    /**
     * What is wrong with a hash.
     *
     * @param type MD5, SHA256 or SHA512
     * @return null if nothing is; upper-case digits are right too
     */
    static @Nullable Code check(Suppression type, byte[] bytes, int from, int to) {
        if (from == to) {
            return Code.EMAIL_MISSING;
        }
        if (!isHex(bytes, from, to)) {
            return Word.indexOf(bytes, '@', from, to) >= 0 ? Code.HASH_PLAIN_EMAIL : Code.HASH_INVALID;
        }
        if (to - from == type.digits()) {
            return null;
        }
        return typeOf(bytes, from, to) == null ? Code.HASH_LENGTH : Code.HASH_TYPE_MISMATCH;
    }

    /** The type whose hashes look like this; null if it is none. */
    static @Nullable Suppression typeOf(byte[] bytes, int from, int to) {
        for (Suppression type : Suppression.values()) {
            if (type.digits() > 0 && type.digits() == to - from && isHex(bytes, from, to)) {
                return type;
            }
        }
        return null;
    }

    /** True if one of the digits is an upper-case letter. */
    static boolean hasUpperCase(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'F') {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
