package io.segmentdrop.shell.config;

import io.segmentdrop.core.sidecar.Suppression;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A segment that a drop may import to.
 *
 * @param id the segment's id, from 1
 * @param suppression the hash type of a suppression segment: none (plain addresses), md5, sha256 or sha512; absent: a normal segment
 * @param lane the lane whose imports keep their order; absent: the segment's id
 * @param funnels whether imports to it fire funnels, so that they are never sent twice by themselves
 */
public record SegmentProperties(
        @DefaultValue("0") long id,
        @Nullable Suppression suppression,
        @Nullable String lane,
        @DefaultValue("false") boolean funnels) {

    public SegmentProperties {
        lane = Texts.orNull(lane);
    }

    /** The lane in which it is. */
    String laneOrId() {
        return lane == null ? Long.toString(id) : lane;
    }
}
