package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;

/** Texts of the configuration. */
final class Texts {

    private Texts() {}

    /** Null for an empty text, so that a placeholder without a value counts as absent. */
    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
