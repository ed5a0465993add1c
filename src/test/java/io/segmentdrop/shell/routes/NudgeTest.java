package io.segmentdrop.shell.routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A nudge wakes one who waits of each kind, none is missed between looking and waiting, and who finds work wakes the next. */
class NudgeTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Nudge nudge = new Nudge();
    private final Nudge.Workers workers = nudge.workers();
    private final AtomicInteger woken = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneThatCameBeforeTheWaitEndsIt() throws Exception {
        long seen = nudge.count();
        nudge.give();
        workers.await(seen, LONG);
        assertThat(nudge.count()).isEqualTo(seen + 1);
    }

    @Test
    void oneWakesAWorkerOfEachKind() throws Exception {
        long seen = nudge.count();
        CompletableFuture<Void> both = CompletableFuture.allOf(sleeper(workers, seen), sleeper(nudge.workers(), seen));
        nudge.give();
        both.get(30, SECONDS);
        assertThat(woken).hasValue(2);
    }

    @Test
    void whoFindsWorkWakesTheNext() throws Exception {
        long seen = nudge.count();
        CompletableFuture<Void> both = CompletableFuture.allOf(sleeper(workers, seen), sleeper(workers, seen));
        nudge.give();
        await().until(() -> woken.get() == 1);
        assertThat(both).isNotDone();

        workers.wakeNext();
        both.get(30, SECONDS);
    }

    @Test
    void theWaitEndsByItself() throws Exception {
        workers.await(nudge.count(), Duration.ofMillis(1));
        nudge.pause(Duration.ZERO);
        assertThat(nudge.count()).isZero();
    }

    @Test
    void aPauseTakesNoNudgeFromAWorker() throws Exception {
        long seen = nudge.count();
        CompletableFuture<Void> paused = CompletableFuture.runAsync(() -> quietly(() -> nudge.pause(LONG)), threads);
        CompletableFuture<Void> sleeper = sleeper(workers, seen);
        nudge.give();
        sleeper.get(30, SECONDS);
        assertThat(paused).isNotDone();
    }

    /** Returns when it is about to wait. */
    private CompletableFuture<Void> sleeper(Nudge.Workers kind, long seen) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> quietly(() -> {
                    begun.countDown();
                    kind.await(seen, LONG);
                    woken.incrementAndGet();
                }),
                threads);
        assertThat(begun.await(30, SECONDS)).isTrue();
        return done;
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static void quietly(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
