package io.segmentdrop.sandbox;

import io.segmentdrop.core.split.Digests;
import java.security.MessageDigest;

/** SHA-256 and size of what flows by. */
final class Hash {

    private final MessageDigest digest = Digests.sha256();
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
        return Digests.hex(digest);
    }
}
