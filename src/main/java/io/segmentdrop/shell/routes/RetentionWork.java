package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look for what is old, at the start and then once an hour; after a full batch the next follows at once. When the clock
 * has jumped ahead, or says that the program has not run for long, one look is left out: a wrong date, once it is mended,
 * has removed nothing.
 */
public final class RetentionWork implements Work {

    /** One look: what it removed so far, and whether there is more. Used by one thread. */
    static final class Look {

        private final Instant now;
        private boolean more;

        Look(Instant now) {
            this.now = now;
        }

        Instant now() {
            return now;
        }

        void more() {
            more = true;
        }

        boolean hasMore() {
            return more;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RetentionWork.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration JUMP = EVERY.multipliedBy(2);

    /** What the clock said when the ticker said this. */
    private record Moment(Instant clock, Duration elapsed) {

        /** How far the clock has gone ahead since then of the time that passed. */
        Duration ahead(Moment later) {
            return Duration.between(clock, later.clock).minus(later.elapsed.minus(elapsed));
        }
    }

    private final InstantSource clock;
    private final Ticker ticker;
    private final Supplier<Duration> stopped;
    private @Nullable Moment seen;
    private @Nullable Duration last;

    /** @param stopped how long the program has not run before this start, as the clock has it */
    public RetentionWork(InstantSource clock, Ticker ticker, Supplier<Duration> stopped) {
        this.clock = clock;
        this.ticker = ticker;
        this.stopped = stopped;
    }

    @Override
    public synchronized @Nullable Object claim() {
        Moment now = new Moment(clock.instant(), ticker.elapsed());
        Duration ahead = seen == null ? stopped.get() : seen.ahead(now);
        seen = now;
        if (ahead.compareTo(JUMP) > 0) {
            LOG.warn(
                    "The clock is {} ahead of what it said before; nothing is removed for its age within the next"
                            + " hour.",
                    ahead);
            last = now.elapsed();
        }
        return last != null && now.elapsed().minus(last).compareTo(EVERY) < 0 ? null : new Look(now.clock());
    }

    @Override
    public Duration rest() {
        return Nudge.LOOK;
    }

    /** Each look does what it can; the next one goes on. */
    @Override
    public boolean isDone(Exchange exchange) {
        return true;
    }

    @Override
    public void putOff(Exchange exchange, Throwable why) {
        LOG.warn("What is old cannot be removed now: {}; tried again within the hour.", Faults.words(why));
    }

    @Override
    public void hold(Exchange exchange, HeldException why) {
        putOff(exchange, why);
    }

    @Override
    public void fail(Exchange exchange, Throwable fault) {
        LOG.error("A fault in retention; what is old is looked at again within the hour.", fault);
    }

    @Override
    public synchronized void release(Object piece) {
        Look look = (Look) piece;
        last = look.hasMore() ? null : ticker.elapsed();
    }
}
