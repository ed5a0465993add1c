package io.segmentdrop.core.sidecar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a drop may do (design, sections 5 and 11). Denied unless it says so: other segments, clear, create, SMS, replacing tags.
 * A null list allows everything of its kind.
 *
 * @param segments the segments that the drop may import to
 * @param campaigns the ids allowed as sourceCampaign; null allows all; likewise the following
 * @param tags allowed tags: ids of the sidecar in decimal, names of the CSV as they are
 * @param columns allowed headers, in their canonical form
 * @param defaults options for what a sidecar leaves out
 */
public record DropPolicy(
        List<SegmentPolicy> segments,
        boolean allowClear,
        boolean allowCreate,
        boolean allowSms,
        boolean allowTagReplace,
        @Nullable Set<Long> campaigns,
        @Nullable Set<Long> partners,
        @Nullable Set<String> tags,
        @Nullable Set<String> columns,
        @Nullable Set<String> subscriptionOptions,
        RequireProof requireProof,
        Settings defaults) {

    /** When a sidecar must prove with {@code bytes} and {@code sha256} that its CSV is whole. */
    public enum RequireProof {
        NEVER,
        CLEAR,
        ALWAYS
    }

    /**
     * One allowed segment.
     *
     * @param suppression its hash type; null for a normal segment
     * @param lane the lane that keeps its order
     * @param funnels true if imports to it fire funnels
     */
    public record SegmentPolicy(long id, @Nullable Suppression suppression, String lane, boolean funnels) {}

    public Optional<SegmentPolicy> segment(long id) {
        return segments.stream().filter(s -> s.id() == id).findFirst();
    }
}
