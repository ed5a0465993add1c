package io.segmentdrop.sandbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and size of what flows by. */
final class Hash {

    private final MessageDigest digest = sha256();
    private long count;

    void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        count += length;
    }

    long count() {
        return count;
    }

    /** In lower-case hexadecimal. Only once. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
