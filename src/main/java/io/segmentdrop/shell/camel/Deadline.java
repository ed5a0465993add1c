package io.segmentdrop.shell.camel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cuts a connection when a phase takes too long, whatever its thread waits for. One thread for all keeps the time; cutting
 * is done by others, so that none waits for another.
 */
final class Deadline implements AutoCloseable {

    private static final ScheduledExecutorService TIME = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sftp-deadlines").factory());

    private final ScheduledFuture<?> due;
    private final long wanted;
    private final AtomicLong moved = new AtomicLong();
    private long before;
    private volatile boolean expired;

    private Deadline(Duration limit, long wanted, Runnable cut) {
        this.wanted = wanted;
        long millis = Math.max(1, limit.toMillis());
        this.due = TIME.scheduleWithFixedDelay(() -> look(cut), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** The phase must end within this time. */
    static Deadline of(Duration limit, Runnable cut) {
        return new Deadline(limit, Long.MAX_VALUE, cut);
    }

    /** In each such time at least 1 KiB per second must {@linkplain #moved move}. */
    static Deadline ofProgress(Duration limit, Runnable cut) {
        return new Deadline(limit, Math.max(1, limit.toMillis() * 1024 / 1000), cut);
    }

    private void look(Runnable cut) {
        long now = moved.get();
        if (now - before < wanted) {
            expired = true;
            Thread.ofVirtual().start(cut);
        }
        before = now;
    }

    /** So many bytes more have moved. */
    void moved(long bytes) {
        moved.addAndGet(bytes);
    }

    boolean isExpired() {
        return expired;
    }

    @Override
    public void close() {
        due.cancel(false);
    }
}
