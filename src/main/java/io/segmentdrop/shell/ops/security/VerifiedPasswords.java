package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords that were right some minutes ago, so that the next request with one need not wait for the slow hash. Kept as
 * HMAC-SHA256 with a key that only this process has and that ends with it; one for each user.
 */
final class VerifiedPasswords {

    static final Duration KEPT = Duration.ofMinutes(5);

    private static final String HMAC = "HmacSHA256";

    private record Verified(ByteBuffer hash, Instant at) {}

    private final Map<String, Verified> byUser = new ConcurrentHashMap<>();
    private final SecretKeySpec key;

    VerifiedPasswords() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    void add(String user, String password, Instant now) {
        byUser.put(user, new Verified(hash(password), now));
    }

    boolean contains(String user, String password, Instant now) {
        Verified verified = byUser.get(user);
        // a clock that was put back keeps nothing for longer
        return verified != null
                && !now.isBefore(verified.at())
                && now.isBefore(verified.at().plus(KEPT))
                && MessageDigest.isEqual(verified.hash().array(), hash(password).array());
    }

    private ByteBuffer hash(String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
