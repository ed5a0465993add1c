package io.segmentdrop.shell.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look for what is old, at the start and then once an hour; after a full batch the next follows at once. When the clock
 * has jumped ahead, one look is left out: a wrong date, once it is mended, has removed nothing.
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

    private final InstantSource clock;
    private Instant next = Instant.EPOCH;
    private @Nullable Instant seen;

    public RetentionWork(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized @Nullable Object claim() {
        Instant now = clock.instant();
        Instant before = seen;
        seen = now;
        if (before != null && Duration.between(before, now).compareTo(JUMP) > 0) {
            LOG.warn(
                    "The clock jumped from {} to {}; nothing is removed for its age within the next hour.",
                    before,
                    now);
            next = now.plus(EVERY);
        } else if (next.isAfter(now.plus(EVERY))) {
            // it was put back
            next = now.plus(EVERY);
        }
        return now.isBefore(next) ? null : new Look(now);
    }

    @Override
    public Duration rest() {
        return Nudge.LOOK;
    }

    @Override
    public synchronized void release(Object piece) {
        Look look = (Look) piece;
        next = look.hasMore() ? look.now() : look.now().plus(EVERY);
    }
}
