package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;
import io.segmentdrop.core.split.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes addresses for a suppression list: lower case, no surrounding spaces, lower-case hexadecimal. */
final class Hasher {

    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest;

    Hasher(Suppression type) {
        this.digest = Digests.of(type.algorithm());
    }

    /** The hash of an ASCII address without surrounding spaces. */
    byte[] hash(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            digest.update(lower(bytes[i]));
        }
        return HEX.formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
    }

    /** An ASCII letter in lower case; any other byte as it is. */
    static byte lower(byte value) {
        return value >= 'A' && value <= 'Z' ? (byte) (value + 32) : value;
    }
}
