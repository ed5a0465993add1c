package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Tellings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Imports of which something is to be told or to be put away: first those that have ended, several found by one look; then,
 * one at a time, those that are under way. Of those it is enough that each is told in the end: while thousands wait for their
 * turn, most have ended when they come to be told, and are then told once.
 */
public final class TellingWork implements Work {

    private static final int AT_ONCE = 16;
    private static final Duration REST = Duration.ofMillis(25);

    private final Tellings tellings;
    private final InstantSource clock;
    private final Queue<ImportRow> found = new ArrayDeque<>();
    private final Set<String> inHand = new HashSet<>();
    private @Nullable String underWay;

    public TellingWork(Tellings tellings, InstantSource clock) {
        this.tellings = tellings;
        this.clock = clock;
    }

    @Override
    public synchronized @Nullable Object claim() {
        Instant now = clock.instant();
        if (found.isEmpty()) {
            found.addAll(tellings.ended(inHand, now, AT_ONCE));
        }
        ImportRow row = found.poll();
        if (row == null && underWay == null) {
            row = tellings.underWay(inHand, now).orElse(null);
            underWay = row == null ? null : row.id();
        }
        if (row != null) {
            inHand.add(row.id());
        }
        return row;
    }

    /** A receipt may come a moment later. */
    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public synchronized void release(Object piece) {
        String id = ((ImportRow) piece).id();
        inHand.remove(id);
        underWay = id.equals(underWay) ? null : underWay;
    }
}
