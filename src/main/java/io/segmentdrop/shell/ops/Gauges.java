package io.segmentdrop.shell.ops;

import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.Notices;
import io.segmentdrop.shell.routes.Drop;
import io.segmentdrop.shell.routes.Feeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that say how things stand. The ledger is asked at most every few seconds, however often and for however
 * many of them they are read; while it does not answer they are not numbers.
 *
 * <p>A drop's label is a name of the configuration, and so is a lane's: what is of another drop or lane is counted under
 * {@value #OTHER}, since a lane may be named by a sidecar.
 */
public final class Gauges {

    /** The label of what the configuration does not name; no drop can bear it. */
    static final String OTHER = "(other)";

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final List<ImportState> OPEN = List.of(ImportState.TAKEN, ImportState.READY, ImportState.HELD);

    /** What is asked, and where. */
    public record Sources(
            Browse browse, Notices notices, DropBoard board, Feeds feeds, Reserve reserve, InstantSource clock) {}

    private record Reading(
            Instant at,
            Map<String, Map<ImportState, Long>> counts,
            Map<String, Map<ImportState, Instant>> oldest,
            Map<String, Long> lanes,
            Set<String> closed,
            long untold) {}

    private final Sources sources;
    private final Metrics metrics;
    private final Set<String> drops;
    private final Set<String> lanes;
    private @Nullable Reading last;

    /**
     * Registers them all.
     *
     * @param drops the configured drops
     * @param expecting those of them that expect files
     */
    public Gauges(Metrics metrics, Sources sources, List<Drop> drops, Set<String> expecting) {
        this.metrics = metrics;
        this.sources = sources;
        this.drops = drops.stream().map(Drop::name).collect(Collectors.toUnmodifiableSet());
        this.lanes = drops.stream()
                .flatMap(drop -> drop.policy().segments().stream())
                .map(SegmentPolicy::lane)
                .collect(Collectors.toUnmodifiableSet());
        ofGate(Gates.API);
        ofGate(Gates.CREDENTIAL);
        drops.forEach(drop -> ofDrop(drop.name()));
        expecting.forEach(this::ofFeed);
        and(this.drops).forEach(this::ofImports);
        and(lanes).forEach(this::ofLane);
        ofDisk();
        metrics.gauge(
                "segment.drop.notices.untold",
                "causes that the route notify could not tell operations when it last tried",
                () -> reading().untold());
    }

    private static List<String> and(Set<String> names) {
        List<String> all = new ArrayList<>(names);
        all.add(OTHER);
        return all;
    }

    private void ofImports(String drop) {
        for (ImportState state : ImportState.values()) {
            metrics.gauge(
                    "segment.drop.imports.current",
                    "imports in the ledger by drop and state",
                    () -> of(drop, drops, reading().counts()).stream()
                            .mapToLong(counts -> counts.getOrDefault(state, 0L))
                            .sum(),
                    "drop",
                    drop,
                    "state",
                    state.partnerWord());
        }
        for (ImportState state : OPEN) {
            metrics.gauge(
                    "segment.drop.imports.oldest.seconds",
                    "how long ago the oldest import of a state that is not final was taken; 0 if there is none",
                    () -> age(oldest(drop, state)),
                    "drop",
                    drop,
                    "state",
                    state.partnerWord());
        }
    }

    private @Nullable Instant oldest(String drop, ImportState state) {
        return of(drop, drops, reading().oldest()).stream()
                .flatMap(oldest -> Optional.ofNullable(oldest.get(state)).stream())
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void ofLane(String lane) {
        metrics.gauge(
                "segment.drop.lane.depth",
                "imports of the lane that have not ended",
                () -> of(lane, lanes, reading().lanes()).stream()
                        .mapToLong(depth -> depth)
                        .sum(),
                "lane",
                lane);
    }

    /** What is known under this name; for {@value #OTHER}, under every name that is not configured. */
    private static <T> List<T> of(String name, Set<String> configured, Map<String, T> known) {
        return known.entrySet().stream()
                .filter(entry ->
                        name.equals(OTHER) ? !configured.contains(entry.getKey()) : name.equals(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void ofGate(String gate) {
        metrics.gauge(
                "segment.drop.gate.closed",
                "1 while the gate is closed and nothing is sent through it, otherwise 0",
                () -> reading().closed().contains(gate) ? 1 : 0,
                "gate",
                gate);
    }

    private void ofDrop(String drop) {
        ofGate(Gates.ofDrop(drop));
        metrics.gauge(
                "segment.drop.folder.closed",
                "1 while the drop takes nothing, since its folder or the disk does not let it, otherwise 0",
                () -> sight(drop).filter(sight -> sight.closed() != null).isPresent() ? 1 : 0,
                "drop",
                drop);
        metrics.gauge(
                "segment.drop.scan.age.seconds",
                "how long ago the drop was last looked through; 0 if it was not yet",
                () -> age(sight(drop).map(DropBoard.Sight::lastScan).orElse(null)),
                "drop",
                drop);
        metrics.gauge(
                "segment.drop.waiting.files",
                "what waits in the drop and is not taken yet",
                () -> waiting(drop).size(),
                "drop",
                drop);
        metrics.gauge(
                "segment.drop.waiting.oldest.seconds",
                "the age of what waits longest in the drop; 0 if nothing does",
                () -> age(
                        waiting(drop).isEmpty()
                                ? null
                                : waiting(drop).getFirst().since()),
                "drop",
                drop);
    }

    private void ofFeed(String drop) {
        metrics.gauge(
                "segment.drop.feed.overdue",
                "1 while the drop's files are late, or a day has passed without them, otherwise 0",
                () -> feed(drop).filter(FeedState::isOverdue).isPresent() ? 1 : 0,
                "drop",
                drop);
        metrics.gauge(
                "segment.drop.feed.missing.files",
                "how many files the drop still expects for the day that is under way",
                () -> feed(drop)
                        .map(state -> Math.max(0, state.files() - state.arrived()))
                        .orElse(0L),
                "drop",
                drop);
    }

    private void ofDisk() {
        metrics.gauge(
                "segment.drop.disk.free.bytes", "what is free on the disk of the home", () -> bytes(sources.reserve()));
        metrics.gauge(
                "segment.drop.disk.reserve.bytes",
                "what must be free on it before anything is taken; more for a large file",
                () -> Reserve.LEAST);
    }

    private static double bytes(Reserve reserve) {
        try {
            return reserve.found();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private Optional<FeedState> feed(String drop) {
        return Optional.ofNullable(sources.feeds().all().get(drop));
    }

    private Optional<DropBoard.Sight> sight(String drop) {
        return Optional.ofNullable(sources.board().all().get(drop));
    }

    private List<Watch.Waiting> waiting(String drop) {
        return sight(drop).map(DropBoard.Sight::waiting).orElse(List.of());
    }

    private double age(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, sources.clock().instant()).toMillis() / 1000.0);
    }

    private synchronized Reading reading() {
        Instant now = sources.clock().instant();
        Reading known = last;
        if (known != null && Duration.between(known.at(), now).abs().compareTo(FRESH) < 0) {
            return known;
        }
        Browse browse = sources.browse();
        Reading read = new Reading(
                now,
                browse.counts(),
                browse.oldest(),
                browse.lanes(),
                browse.closedGates().stream().map(GateRow::name).collect(Collectors.toSet()),
                sources.notices().untold());
        last = read;
        return read;
    }
}
