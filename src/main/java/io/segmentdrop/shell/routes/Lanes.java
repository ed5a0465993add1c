package io.segmentdrop.shell.routes;

import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.SegmentRef;

/** The lane of an import: what the drop says of the segment, or the segment's id; a segment to be created has a lane of its own. */
final class Lanes {

    private Lanes() {}

    static String of(Drop drop, SegmentRef segment) {
        return switch (segment) {
            case SegmentRef.Id(long id) ->
                drop.policy().segment(id).map(SegmentPolicy::lane).orElse(Long.toString(id));
            case SegmentRef.Create create -> "create:" + drop.name() + ":" + create.name();
        };
    }
}
