package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.SteadyClock;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock jumped, and moves the ledger's times along: one line in the log and one event. Everybody else goes by
 * {@link SteadyClock}, which follows the jump only then.
 */
public final class ClockWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration HEARD = Duration.ofMinutes(1);

    private final SteadyClock clock;
    private final Ticker ticker;
    private final Times times;
    private SteadyClock.@Nullable Jump owed;
    private Duration heard;
    private Duration stopped = Duration.ZERO;
    private boolean silent;
    private @Nullable ScheduledExecutorService thread;

    public ClockWatch(SteadyClock clock, Ticker ticker, Times times) {
        this.clock = clock;
        this.ticker = ticker;
        this.times = times;
        this.heard = ticker.elapsed();
    }

    /** Goes on where the last run ended. */
    synchronized void resume() {
        Instant now = clock.instant();
        stopped = times.lastSeen().map(before -> Duration.between(before, now)).orElse(Duration.ZERO);
        times.resume(now).ifPresent(ClockWatch::log);
    }

    /** How long the program has not run before this start, as the clock has it. */
    public synchronized Duration stopped() {
        return stopped;
    }

    /** Looks every second from now on. */
    public synchronized void start() {
        ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("clock-watch").daemon().factory());
        Future<?> unused =
                one.scheduleWithFixedDelay(this::tryLook, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        thread = one;
    }

    private void tryLook() {
        try {
            look();
            silent = false;
        } catch (RuntimeException e) {
            if (!silent && LedgerDatabase.isUnavailable(e)) {
                LOG.warn(
                        "The ledger's times are not looked after while it does not answer ({}).",
                        e.getClass().getSimpleName());
            } else if (!silent) {
                LOG.error("The ledger's times cannot be looked after: a fault of segment-drop; tried again.", e);
            }
            silent = true;
        }
    }

    /** Looks once. */
    synchronized void look() {
        clock.jump().filter(jump -> owed == null).ifPresent(jump -> {
            owed = jump;
            if (jump.isBack()) {
                // times that lie too far ahead let nobody act; not so those that seem to be over
                clock.follow(jump);
            }
        });
        SteadyClock.Jump jump = owed;
        if (jump != null) {
            times.move(jump);
            owed = null;
            if (!jump.isBack()) {
                clock.follow(jump);
            }
            log(jump);
        }
        if (ticker.elapsed().minus(heard).compareTo(HEARD) >= 0) {
            times.hear(clock.instant());
            heard = ticker.elapsed();
        }
    }

    private static void log(SteadyClock.Jump jump) {
        LOG.warn("The clock was {}; what waits in the ledger was moved along with it.", jump.words());
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
