package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.send.KeyMask;
import io.segmentdrop.core.split.Digests;

/** A key that prints as {@code ***} wherever it lands. Two of them are told apart by their {@link #fingerprint}. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The key itself; for the one place that sends it. */
    String reveal() {
        return value;
    }

    /** A text from outside without the key, however it is written there. */
    String hide(String text) {
        return new KeyMask(value).hide(text);
    }

    /** The first 8 hexadecimal digits of the key's SHA-256: enough to see a rotation, useless to an attacker. */
    public String fingerprint() {
        return Digests.hex(value.getBytes(UTF_8)).substring(0, 8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
