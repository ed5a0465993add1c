package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next notice that operations should get. One that the route could not tell stays to be told, after a pause that grows;
 * nothing else waits for it.
 */
public final class NotifyWork implements Work {

    /** A notice on its way through the route. */
    static final class Telling {

        private final Notices.Due due;
        private final AtomicBoolean failed = new AtomicBoolean();

        Telling(Notices.Due due) {
            this.due = due;
        }

        Notices.Due due() {
            return due;
        }

        void fail() {
            failed.set(true);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(NotifyWork.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Feeds feeds;
    private final ClosedDrops closed;
    private final Notices notices;
    private final Duration again;
    private final InstantSource clock;
    private final Ticker ticker;
    private @Nullable Duration last;

    /** @param again the shortest time between two notices of one cause */
    public NotifyWork(
            Feeds feeds, ClosedDrops closed, Notices notices, Duration again, InstantSource clock, Ticker ticker) {
        this.feeds = feeds;
        this.closed = closed;
        this.notices = notices;
        this.again = again;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public @Nullable Object claim() {
        Instant now = clock.instant();
        look(now);
        return notices.next(now).map(Telling::new).orElse(null);
    }

    private synchronized void look(Instant now) {
        Duration elapsed = ticker.elapsed();
        if (last == null || elapsed.minus(last).compareTo(EVERY) >= 0) {
            last = elapsed;
            feeds.look(now);
            closed.look(now, elapsed);
        }
    }

    @Override
    public Duration rest() {
        return Nudge.LOOK;
    }

    /** A notice that went through without a fault was told. */
    @Override
    public boolean isDone(Exchange exchange) {
        return true;
    }

    @Override
    public void putOff(Exchange exchange, Throwable why) {
        fail(exchange, why);
    }

    @Override
    public void hold(Exchange exchange, HeldException why) {
        fail(exchange, why);
    }

    /** A mail server or a webhook that does not answer is no fault of ours; what it is, says its line. */
    @Override
    public void fail(Exchange exchange, Throwable fault) {
        LOG.warn(
                "A step of the route notify failed: {}.",
                fault instanceof Exception e
                        ? Printable.of(e)
                        : fault.getClass().getSimpleName());
        Piece.of(exchange, Telling.class).fail();
    }

    @Override
    public void release(Object piece) {
        Telling telling = (Telling) piece;
        try {
            if (telling.failed.get()) {
                Duration pause = notices.failed(telling.due(), clock.instant());
                LOG.warn(
                        "Operations could not be told ({}); tried again in {} s.",
                        telling.due().notice().news().words(),
                        pause.toSeconds());
            } else {
                notices.told(telling.due(), again, clock.instant());
            }
        } catch (RuntimeException e) {
            if (!LedgerDatabase.isUnavailable(e)) {
                throw e;
            }
            LOG.warn("The ledger cannot record that operations were told; they may be told again.");
        }
    }
}
