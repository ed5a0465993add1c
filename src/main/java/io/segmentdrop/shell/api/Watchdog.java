package io.segmentdrop.shell.api;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Cuts a request's connection when a deadline has passed, whatever the socket's own timeouts believe. */
final class Watchdog implements AutoCloseable {

    private final Deadlines deadlines;
    private final long tickMillis;
    private final ScheduledThreadPoolExecutor timer;

    Watchdog(Deadlines deadlines) {
        this.deadlines = deadlines;
        this.tickMillis = tick(deadlines);
        this.timer = new ScheduledThreadPoolExecutor(1, Watchdog::thread);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static long tick(Deadlines deadlines) {
        Duration least = deadlines.connect();
        for (Duration other : new Duration[] {deadlines.writePause(), deadlines.response()}) {
            least = least.compareTo(other) < 0 ? least : other;
        }
        return Math.clamp(least.toMillis() / 10, 5, 500);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "api-deadlines");
        thread.setDaemon(true);
        return thread;
    }

    /** Watches until the returned future is cancelled. */
    Future<?> over(Conversation conversation, Runnable cut) {
        return timer.scheduleAtFixedRate(() -> check(conversation, cut), tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    private void check(Conversation conversation, Runnable cut) {
        Progress progress = conversation.progress();
        Progress.Stage stage = progress.stage();
        if (System.nanoTime() - progress.since() > deadlines.of(stage).toNanos()) {
            conversation.overdue(deadlines.missed(stage));
            cut.run();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
