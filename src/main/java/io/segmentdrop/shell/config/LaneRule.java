package io.segmentdrop.shell.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A segment is in one lane: two lanes for one segment would send its imports side by side, in any order. */
record LaneRule() implements StartupRule {

    private static final String CREATED = "create:";

    /** What a drop says of a segment. */
    private record Said(String drop, String lane) {}

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        Map<Long, Said> lanes = new HashMap<>();
        properties.drops().forEach((name, drop) -> check(name, drop.segments(), lanes, refuse));
    }

    private static void check(String name, List<SegmentProperties> segments, Map<Long, Said> lanes, Refuse refuse) {
        for (int i = 0; i < segments.size(); i++) {
            String key = StartupRule.dropKey(name, "segments[" + i + "].lane");
            long id = segments.get(i).id();
            String lane = segments.get(i).laneOrId();
            Said before = lanes.putIfAbsent(id, new Said(name, lane));
            if (before != null && !before.drop().equals(name) && !before.lane().equals(lane)) {
                refuse.because(
                        key,
                        "expected segment %d in the lane \"%s\", where drop %s has it, since a segment is in one lane;"
                                        .formatted(id, before.lane(), before.drop())
                                + " found \"%s\" in drop %s".formatted(lane, name));
            }
            refuse.unless(
                    !lane.startsWith(CREATED),
                    key,
                    "expected a name that does not begin with create:, which is kept for segments that are created,"
                            + " found \"" + lane + "\"");
        }
    }
}
