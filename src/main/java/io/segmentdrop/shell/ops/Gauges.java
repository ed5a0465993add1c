package io.segmentdrop.shell.ops;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that say how things stand. The ledger is asked at most every few seconds, however often and for however
 * many of them they are read; while it does not answer they are not numbers.
 */
public final class Gauges {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final List<ImportState> OPEN = List.of(ImportState.TAKEN, ImportState.READY, ImportState.HELD);

    private record Reading(
            Instant at, Map<ImportState, Long> counts, Map<ImportState, Instant> oldest, Set<String> closed) {}

    private final Browse browse;
    private final DropBoard board;
    private final InstantSource clock;
    private @Nullable Reading last;

    /** @param drops the configured drops */
    public Gauges(Metrics metrics, Browse browse, DropBoard board, List<String> drops, InstantSource clock) {
        this.browse = browse;
        this.board = board;
        this.clock = clock;
        ofImports(metrics);
        ofGate(metrics, Gates.API);
        ofGate(metrics, Gates.CREDENTIAL);
        drops.forEach(drop -> {
            ofGate(metrics, Gates.ofDrop(drop));
            ofDrop(metrics, drop);
        });
    }

    private void ofImports(Metrics metrics) {
        for (ImportState state : ImportState.values()) {
            metrics.gauge(
                    "segment.drop.imports.current",
                    "imports in the ledger by state",
                    "state",
                    state.partnerWord(),
                    () -> reading().counts().getOrDefault(state, 0L));
        }
        for (ImportState state : OPEN) {
            metrics.gauge(
                    "segment.drop.imports.oldest.seconds",
                    "how long ago the oldest import of a state that is not final was taken; 0 if there is none",
                    "state",
                    state.partnerWord(),
                    () -> age(reading().oldest().get(state)));
        }
    }

    private void ofGate(Metrics metrics, String gate) {
        metrics.gauge(
                "segment.drop.gate.closed",
                "1 while the gate is closed and nothing is sent through it, otherwise 0",
                "gate",
                gate,
                () -> reading().closed().contains(gate) ? 1 : 0);
    }

    private void ofDrop(Metrics metrics, String drop) {
        metrics.gauge(
                "segment.drop.waiting.files",
                "what waits in the drop and is not taken yet",
                "drop",
                drop,
                () -> waiting(drop).size());
        metrics.gauge(
                "segment.drop.waiting.oldest.seconds",
                "the age of what waits longest in the drop; 0 if nothing does",
                "drop",
                drop,
                () -> age(
                        waiting(drop).isEmpty()
                                ? null
                                : waiting(drop).getFirst().since()));
    }

    private List<Watch.Waiting> waiting(String drop) {
        DropBoard.Sight sight = board.all().get(drop);
        return sight == null ? List.of() : sight.waiting();
    }

    private double age(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }

    private synchronized Reading reading() {
        Instant now = clock.instant();
        Reading known = last;
        if (known != null && Duration.between(known.at(), now).abs().compareTo(FRESH) < 0) {
            return known;
        }
        Reading read = new Reading(
                now,
                sum(browse.counts()),
                browse.oldest(),
                browse.closedGates().stream().map(GateRow::name).collect(Collectors.toSet()));
        last = read;
        return read;
    }

    private static Map<ImportState, Long> sum(Map<String, Map<ImportState, Long>> counts) {
        return counts.values().stream()
                .flatMap(states -> states.entrySet().stream())
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
    }
}
