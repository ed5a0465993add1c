package io.segmentdrop.shell.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics {@code segment_drop_*}. Labels are drops' names, states and outcomes: closed sets, never a partner's text.
 */
public final class Metrics {

    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the counters of a drop known before anything happens, so that a first import shows as a rise from 0. */
    public void known(String drop, List<String> finalStates) {
        finalStates.forEach(state -> imports(drop, state));
        List.of("read", "rejected", "sent").forEach(kind -> rows(drop, kind));
    }

    /** An import ended. {@code state} is the partner's word for it. */
    public void ended(String drop, String state) {
        imports(drop, state).increment();
    }

    private Counter imports(String drop, String state) {
        return counter("segment.drop.imports", "imports that ended", "drop", drop, "state", state);
    }

    /** A file was checked. */
    public void checked(String drop, double rowsRead, double rowsRejected) {
        rows(drop, "read").increment(rowsRead);
        rows(drop, "rejected").increment(rowsRejected);
    }

    public void rowsSent(String drop, double rows) {
        rows(drop, "sent").increment(rows);
    }

    private Counter rows(String drop, String kind) {
        return counter("segment.drop.rows", "rows read, rejected and accepted by OptiPub", "drop", drop, "kind", kind);
    }

    /** An attempt ended. */
    public void attempt(String outcome, Duration took) {
        Timer.builder("segment.drop.attempts")
                .description("attempts by outcome, with the time from their record to their answer")
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** Shows a number that is asked for when it is read. */
    public void gauge(String name, String description, String label, String value, Supplier<Number> number) {
        Gauge.builder(name, number).description(description).tag(label, value).register(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
