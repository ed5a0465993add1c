package io.segmentdrop.shell.routes;

import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.LaneMoves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of an import: what the configuration says of its segment, or the segment's id; a segment that was to be created has a
 * lane of its own until a drop names its id. Promise: a segment is in one lane, whichever drop its imports come from, and from
 * the start on in the one that is configured now.
 */
public final class Lanes {

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final String CREATED = "create:";
    /** What was delivered within this time may make an import a duplicate, or a doubt older than it. */
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private static final int SHOWN = 5;

    private final Map<Long, String> configured = new HashMap<>();
    private final CreatedSegments created;

    public Lanes(Drops drops, CreatedSegments created) {
        drops.all()
                .forEach(drop ->
                        drop.policy().segments().forEach(segment -> configured.put(segment.id(), segment.lane())));
        this.created = created;
    }

    /** Where an import of this drop belongs. */
    String of(Drop drop, SegmentRef segment) {
        return switch (segment) {
            case SegmentRef.Id(long id) -> of(id);
            case SegmentRef.Create create -> ofCreated(drop, create.name());
        };
    }

    /** Where the imports of a segment belong. */
    String of(long segment) {
        return configured.getOrDefault(segment, Long.toString(segment));
    }

    /** Where an import of this drop belongs that creates a segment of this name, or did before. */
    String ofCreated(Drop drop, String name) {
        return now(drop.name(), CREATED + drop.name() + ":" + name, null);
    }

    /**
     * Where an import that is known belongs now.
     *
     * @param lane where it belonged before; it stays there if nobody names its segment any more
     */
    public String now(String drop, String lane, @Nullable Long segment) {
        String prefix = CREATED + drop + ":";
        Long id = lane.startsWith(prefix)
                ? created.find(drop, lane.substring(prefix.length())).orElse(null)
                : segment;
        return id == null ? lane : configured.getOrDefault(id, lane);
    }

    /** Moves what waits to where it belongs by now; it keeps its place, since that is the order of taking. */
    void move(LaneMoves moves, Instant now) {
        List<LaneMoves.Move> wrong = new ArrayList<>();
        for (LaneMoves.InLane one : moves.inLanes(now.minus(REMEMBERED))) {
            String to = now(one.dropName(), one.lane(), one.segment());
            if (!to.equals(one.lane())) {
                wrong.add(new LaneMoves.Move(one, to));
            }
        }
        moves.make(wrong, now);
        tell(wrong.stream().filter(move -> move.what().waits()).toList());
    }

    private static void tell(List<LaneMoves.Move> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Long> ways = waiting.stream()
                .collect(Collectors.groupingBy(
                        move -> move.what().lane() + " -> " + move.to(),
                        java.util.TreeMap::new,
                        Collectors.counting()));
        String words = ways.entrySet().stream()
                .limit(SHOWN)
                .map(way -> way.getKey() + ": " + way.getValue())
                .collect(Collectors.joining(", "));
        LOG.info(
                "Segments are in other lanes than before: {} waiting imports moved, in the order of taking ({}{}).",
                waiting.size(),
                words,
                ways.size() > SHOWN ? ", …" : "");
    }
}
