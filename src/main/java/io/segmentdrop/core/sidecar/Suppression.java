package io.segmentdrop.core.sidecar;

import java.util.Locale;

/** The hash type of a suppression segment; {@link #NONE} holds plain addresses. A normal segment has no suppression at all. */
public enum Suppression {
    NONE(0, ""),
    MD5(32, "MD5"),
    SHA256(64, "SHA-256"),
    SHA512(128, "SHA-512");

    private final int digits;
    private final String algorithm;

    Suppression(int digits, String algorithm) {
        this.digits = digits;
        this.algorithm = algorithm;
    }

    /** The word on the wire, in the sidecar and in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The length of a hash in hexadecimal digits; 0 for {@link #NONE}. */
    public int digits() {
        return digits;
    }

    /** The name that {@link java.security.MessageDigest} knows; empty for {@link #NONE}. */
    public String algorithm() {
        return algorithm;
    }
}
