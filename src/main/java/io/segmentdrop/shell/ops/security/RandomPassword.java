package io.segmentdrop.shell.ops.security;

import java.security.SecureRandom;
import java.util.Base64;

/** A password that nobody chose. */
final class RandomPassword {

    private static final int BYTES = 18;

    private RandomPassword() {}

    /** 24 characters of A-Z, a-z, 0-9, - and _, from 144 random bits. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
