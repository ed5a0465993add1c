package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A nudge wakes one who waits of each kind, none is missed between looking and waiting, and who finds work wakes the next. */
class NudgeTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Nudge nudge = new Nudge();
    private final Nudge.Workers workers = nudge.workers();
    private final List<Thread> sleepers = new ArrayList<>();

    @AfterEach
    void stop() {
        sleepers.forEach(Thread::interrupt);
    }

    @Test
    void oneThatCameBeforeTheWaitEndsIt() throws Exception {
        long seen = nudge.count();
        nudge.give();
        workers.await(seen, Duration.ZERO, LONG);
        assertThat(nudge.count()).isEqualTo(seen + 1);
    }

    @Test
    void oneWakesAWorkerOfEachKind() {
        Nudge.Workers others = nudge.workers();
        asleep(() -> workers.await(0, Duration.ZERO, LONG));
        asleep(() -> others.await(0, Duration.ZERO, LONG));
        nudge.give();
        await().until(() -> awake() == 2);
    }

    @Test
    void oneOfThoseWhoRestWatchesForNudgesAndTheOthersForWork() throws Exception {
        asleep(() -> workers.await(0, Duration.ZERO, LONG));
        asleep(() -> workers.await(0, Duration.ZERO, LONG));
        nudge.give();
        nudge.give();
        await().during(Duration.ofMillis(50)).until(() -> awake() == 1);

        workers.wakeNext();
        await().until(() -> awake() == 2);
        workers.await(0, Duration.ZERO, LONG);
    }

    @Test
    void aRestIsNotCutShort() throws Exception {
        nudge.give();
        long begun = System.nanoTime();
        workers.await(0, Duration.ofMillis(20), LONG);
        assertThat(System.nanoTime() - begun)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void theWaitEndsByItself() throws Exception {
        workers.await(nudge.count(), Duration.ZERO, Duration.ofMillis(1));
        nudge.pause(Duration.ZERO);
        assertThat(nudge.count()).isZero();
    }

    @Test
    void aPauseTakesNoNudgeFromAWorker() {
        asleep(() -> nudge.pause(LONG));
        asleep(() -> workers.await(0, Duration.ZERO, LONG));
        nudge.give();
        await().until(() -> awake() == 1);
        assertThat(sleepers.getFirst().isAlive()).isTrue();
    }

    private long awake() {
        return sleepers.stream().filter(sleeper -> !sleeper.isAlive()).count();
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    /** Begins to wait in a thread of its own; returns when it really waits, since a nudge before that would end it at once. */
    private void asleep(Waiting waiting) {
        Thread sleeper = Thread.ofPlatform().daemon().start(() -> {
            try {
                waiting.run();
            } catch (InterruptedException endOfTheTest) {
                Thread.currentThread().interrupt();
            }
        });
        sleepers.add(sleeper);
        await().until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
    }
}
