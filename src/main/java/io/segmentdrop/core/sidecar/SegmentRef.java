package io.segmentdrop.core.sidecar;

import org.jspecify.annotations.Nullable;

/** Which segment an import goes to. */
public sealed interface SegmentRef {

    /** An existing segment. */
    record Id(long id) implements SegmentRef {

        public Id {
            if (id < 1) {
                throw new IllegalArgumentException("expected an id from 1, found " + id);
            }
        }
    }

    /**
     * A segment that is created once, remembered by drop and name, and then used.
     *
     * @param suppression null for a normal segment
     */
    record Create(
            String name,
            String description,
            long publicationId,
            @Nullable Suppression suppression,
            @Nullable Long autoResponderId,
            @Nullable String redirectUrl)
            implements SegmentRef {}
}
