package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ledger.Overview.Cause;
import io.segmentdrop.shell.ledger.Overview.Day;
import io.segmentdrop.shell.ledger.Overview.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the ledger holds, at a glance. It is added up anew only when something has happened, or a minute has passed. */
public final class Summary {

    /** How many days are shown, today included. */
    public static final int DAYS = 14;

    /** How many hours are shown, the current one included. */
    public static final int HOURS = 24;

    private static final int DECISIONS = 8;
    private static final long MINUTE = 60_000;
    private static final Set<ImportState> OURS = Set.of(ImportState.HELD, ImportState.UNDELIVERABLE);

    private final Browse browse;
    private final Overview overview;
    private volatile @Nullable Kept kept;

    public Summary(Browse browse, Overview overview) {
        this.browse = browse;
        this.overview = overview;
    }

    private record Kept(long event, long minute, Sight sight) {}

    /**
     * What there was to see.
     *
     * @param counts how many imports of each drop are in each state; what has none is left out
     * @param oldest when the oldest import of each open state was taken
     * @param decisions what people did last
     */
    public record Sight(
            Map<String, Map<ImportState, Long>> counts,
            Map<ImportState, Instant> oldest,
            List<Day> days,
            List<Hour> hours,
            List<Cause> causes,
            List<EventRow> decisions) {

        public long number(ImportState state) {
            return counts.values().stream()
                    .mapToLong(counts -> counts.getOrDefault(state, 0L))
                    .sum();
        }

        /** How many were taken in the days shown and are in this state now. */
        public long recent(ImportState state) {
            return days.stream()
                    .filter(day -> day.state() == state)
                    .mapToLong(Day::number)
                    .sum();
        }

        /** How many in this state wait for somebody: an import that was replayed does not. */
        public long waiting(ImportState state) {
            return causes.stream()
                    .filter(cause -> cause.state() == state)
                    .mapToLong(Cause::number)
                    .sum();
        }

        /** How many wait for us: held, or undeliverable and not replayed. */
        public long ours() {
            return OURS.stream().mapToLong(this::waiting).sum();
        }
    }

    /** How things stand. */
    public Sight at(Instant now) {
        long event = overview.lastEvent();
        long minute = now.toEpochMilli() / MINUTE;
        Kept last = kept;
        if (last != null && last.event() == event && last.minute() == minute) {
            return last.sight();
        }
        Sight sight = new Sight(
                browse.counts(),
                oldest(),
                overview.days(now.minus(Duration.ofDays(DAYS - 1))),
                overview.hours(now.minus(Duration.ofHours(HOURS - 1))),
                overview.causes(),
                overview.decisions(DECISIONS));
        kept = new Kept(event, minute, sight);
        return sight;
    }

    /** The oldest import in each state, whatever its drop. */
    private Map<ImportState, Instant> oldest() {
        Map<ImportState, Instant> oldest = new EnumMap<>(ImportState.class);
        browse.oldest()
                .values()
                .forEach(ofDrop ->
                        ofDrop.forEach((state, since) -> oldest.merge(state, since, (a, b) -> a.isBefore(b) ? a : b)));
        return oldest;
    }
}
