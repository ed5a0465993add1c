package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;

/** A text that never shows itself: in a log, a message or a page it reads {@code ***}. */
public record Secret(String value) {

    /** Null for an empty text, so that a placeholder without a value counts as absent. */
    static @Nullable Secret orNull(@Nullable Secret secret) {
        return secret == null || secret.value().isBlank() ? null : secret;
    }

    @Override
    public String toString() {
        return "***";
    }
}
