package io.segmentdrop.shell.api;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a request's connection when a deadline has passed, whatever the socket's own timeouts believe; and when the program
 * ends, whatever the request waits for.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Deadlines deadlines;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    Watchdog(Deadlines deadlines) {
        this.deadlines = deadlines;
        long tickMillis = tick(deadlines);
        this.timer = new ScheduledThreadPoolExecutor(1, Watchdog::thread);
        Future<?> unused = timer.scheduleAtFixedRate(
                () -> open.forEach(this::check), tickMillis, tickMillis, TimeUnit.MILLISECONDS);
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

    /** One request that is watched until this is closed. */
    final class Watch {

        private final Conversation conversation;
        private final Runnable cut;

        private Watch(Conversation conversation, Runnable cut) {
            this.conversation = conversation;
            this.cut = cut;
        }

        private void cut() {
            try {
                cut.run();
            } catch (RuntimeException e) {
                // the client's own state; the next look tries again, and the others are watched on
                LOG.debug("A connection could not be cut.", e);
            }
        }

        void close() {
            open.remove(this);
        }
    }

    /** Watches a request; one that begins while the program ends is stopped before its first byte. */
    Watch over(Conversation conversation, Runnable cut) {
        Watch watch = new Watch(conversation, cut);
        open.add(watch);
        if (ending) {
            stop(watch);
        }
        return watch;
    }

    private void check(Watch watch) {
        Progress progress = watch.conversation.progress();
        Progress.Stage stage = progress.stage();
        if (System.nanoTime() - progress.since() > deadlines.of(stage).toNanos()) {
            watch.conversation.overdue(deadlines.missed(stage));
            watch.cut();
        }
    }

    /** Cuts what is not out whole at once, as it does with all that comes; what waits for its answer may wait so long. */
    void end(Duration wait) {
        ending = true;
        open.forEach(Watchdog::stop);
        Future<?> unused = timer.schedule(() -> open.forEach(Watchdog::giveUp), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void stop(Watch watch) {
        if (watch.conversation.progress().stop() || watch.conversation.changesNothing()) {
            giveUp(watch);
        }
    }

    private static void giveUp(Watch watch) {
        watch.conversation.ending();
        watch.cut();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
