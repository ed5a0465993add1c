package io.segmentdrop.core.drop;

import org.jspecify.annotations.Nullable;

/**
 * What a sidecar says by which its CSV can be known to be whole.
 *
 * @param bytes the CSV's size; null if it says nothing
 * @param sha256 of the CSV, lower-case hexadecimal; null if it says nothing
 */
public record Proof(@Nullable Long bytes, @Nullable String sha256) {

    /** True if it says nothing at all. */
    boolean isEmpty() {
        return bytes == null && sha256 == null;
    }
}
