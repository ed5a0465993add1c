package io.segmentdrop.shell.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The metrics {@code segment_drop_*}. Labels are drops' names, states and outcomes: closed sets, never a partner's text.
 */
public final class Metrics {

    /** Bounds of the time of requests, from a quick answer to a slow import. */
    private static final Duration[] BUCKETS = Stream.of(
                    100, 300, 1_000, 3_000, 10_000, 30_000, 60_000, 120_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the counters of a drop known before anything happens, so that a first import shows as a rise from 0. */
    public void known(String drop, List<String> finalStates) {
        finalStates.forEach(state -> imports(drop, state));
        List.of("read", "rejected", "sent").forEach(kind -> rows(drop, kind));
        List.of("checked", "sent").forEach(kind -> bytes(drop, kind));
    }

    /** An import ended. {@code state} is the partner's word for it. */
    public void ended(String drop, String state) {
        imports(drop, state).increment();
    }

    private Counter imports(String drop, String state) {
        return counter("segment.drop.imports", "imports that ended", "drop", drop, "state", state);
    }

    /** A file was checked. */
    public void checked(String drop, double rowsRead, double rowsRejected, double bytes) {
        rows(drop, "read").increment(rowsRead);
        rows(drop, "rejected").increment(rowsRejected);
        bytes(drop, "checked").increment(bytes);
    }

    /** A chunk was accepted. */
    public void sent(String drop, double rows, double bytes) {
        rows(drop, "sent").increment(rows);
        bytes(drop, "sent").increment(bytes);
    }

    private Counter bytes(String drop, String kind) {
        return counter(
                "segment.drop.bytes",
                "bytes of the CSVs that were checked, and of the chunks that OptiPub accepted",
                "drop",
                drop,
                "kind",
                kind);
    }

    private Counter rows(String drop, String kind) {
        return counter("segment.drop.rows", "rows read, rejected and accepted by OptiPub", "drop", drop, "kind", kind);
    }

    /** Makes an outcome known before there was one. */
    public void known(String outcome) {
        attempts(outcome);
    }

    /** An attempt ended. */
    public void attempt(String outcome, Duration took) {
        attempts(outcome).record(took);
    }

    private Timer attempts(String outcome) {
        return Timer.builder("segment.drop.attempts")
                .description("attempts by outcome, with the time from their record to their answer")
                .serviceLevelObjectives(BUCKETS)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Tries to sign in by name and password. {@code outcome} is one of a closed set. */
    public void signIns(String outcome, double number) {
        counter("segment.drop.sign.ins", "tries to sign in by name and password", "outcome", outcome)
                .increment(number);
    }

    /** What retention removed. {@code kind} is one of a closed set. */
    public void removed(String kind, double number) {
        counter("segment.drop.removed", "what was removed for its age", "kind", kind)
                .increment(number);
    }

    /**
     * Shows a number that is asked for when it is read.
     *
     * @param labels names and values in turn
     */
    public void gauge(String name, String description, Supplier<Number> number, String... labels) {
        Gauge.builder(name, number).description(description).tags(labels).register(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
