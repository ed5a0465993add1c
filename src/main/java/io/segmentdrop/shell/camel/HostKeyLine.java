package io.segmentdrop.shell.camel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A public key of a server, as a line of a known_hosts file has it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key itself
 */
record HostKeyLine(String type, String base64) {

    private static final int LONGEST_TYPE = 64;

    /** The key that a server shows, in the form of the protocol: its type and what else it consists of. */
    static HostKeyLine of(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        int length = bytes.remaining() < Integer.BYTES ? 0 : bytes.getInt();
        if (length < 1 || length > Math.min(LONGEST_TYPE, bytes.remaining())) {
            throw new IllegalArgumentException("expected a public key, found " + key.length + " other bytes");
        }
        String type = new String(key, Integer.BYTES, length, StandardCharsets.US_ASCII);
        return new HostKeyLine(type, Base64.getEncoder().encodeToString(key));
    }

    /** Type and SHA-256, as OpenSSH writes it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return type + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
