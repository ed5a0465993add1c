package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Drops for tests: segment 42 and 46 are normal, 43 holds MD5 hashes, 44 plain addresses that are suppressed. */
final class Policies {

    static final List<SegmentPolicy> SEGMENTS = List.of(
            new SegmentPolicy(42, null, "42", false),
            new SegmentPolicy(43, Suppression.MD5, "43", false),
            new SegmentPolicy(44, Suppression.NONE, "44", false),
            new SegmentPolicy(46, null, "46", false));

    /** Allows all. */
    static final DropPolicy OPEN = open(Settings.EMPTY);

    /** Allows what a drop allows that says nothing, with a list of its own where there may be one. */
    static final DropPolicy STRICT = new DropPolicy(
            SEGMENTS,
            false,
            false,
            false,
            false,
            Set.of(90L),
            Set.of(7L),
            Set.of("1", "2"),
            null,
            Set.of("started_at"),
            RequireProof.CLEAR,
            Settings.EMPTY);

    static final FieldNames NONE_NAMED = new FieldNames(Map.of());

    static final FieldNames ALL_NAMED = new FieldNames(FieldNames.UNPUBLISHED.keySet().stream()
            .collect(Collectors.toMap(key -> key, key -> "field_" + key.word())));

    private Policies() {}

    static DropPolicy open(Settings defaults) {
        return open(RequireProof.NEVER, defaults);
    }

    static DropPolicy open(RequireProof proof, Settings defaults) {
        return new DropPolicy(SEGMENTS, true, true, true, true, null, null, null, null, null, proof, defaults);
    }
}
