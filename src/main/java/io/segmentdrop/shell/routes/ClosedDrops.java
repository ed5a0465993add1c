package io.segmentdrop.shell.routes;

import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells operations of the drops that take nothing. Promise: a drop that has been closed for a minute is told of once for each
 * cause, and once when it is open again, across restarts; a shorter break is left to health and metrics.
 */
public final class ClosedDrops {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DropBoard board;
    private final Events events;
    private final Map<String, Duration> since = new HashMap<>();

    public ClosedDrops(DropBoard board, Events events) {
        this.board = board;
        this.events = events;
    }

    /** Looks at every drop; by one thread at a time. */
    void look(Instant now, Duration elapsed) {
        board.all().forEach((drop, sight) -> look(drop, sight, now, elapsed));
    }

    private void look(String drop, DropBoard.Sight sight, Instant now, Duration elapsed) {
        Code code = sight.closed();
        if (code != null) {
            closed(drop, code, sight.reason(), now, elapsed);
        } else if (sight.lastScan() != null) {
            since.remove(drop);
            opened(drop, now);
        }
    }

    private void closed(String drop, Code code, String reason, Instant now, Duration elapsed) {
        Duration first = since.computeIfAbsent(drop, d -> elapsed);
        boolean isLong = elapsed.minus(first).compareTo(PATIENCE) >= 0;
        if (isLong
                && told(drop)
                        .filter(event -> event.detail().startsWith(code + ":"))
                        .isEmpty()) {
            events.drop(News.DROP_CLOSED, drop, code, reason, now);
        }
    }

    private void opened(String drop, Instant now) {
        told(drop).ifPresent(event -> events.drop(News.DROP_OPENED, drop, null, "it can be read again", now));
    }

    /** That it is closed, if that is what was told last. */
    private Optional<EventRow> told(String drop) {
        return events.lastOfDrop(drop).filter(event -> event.kind().equals(News.DROP_CLOSED.words()));
    }
}
