package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A nudge wakes whoever waits, and none is missed between looking and waiting. */
class NudgeTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Nudge nudge = new Nudge();

    @Test
    void oneThatCameBeforeTheWaitEndsIt() throws Exception {
        long seen = nudge.count();
        nudge.give();
        nudge.await(seen, LONG);
        assertThat(nudge.count()).isEqualTo(seen + 1);
    }

    @Test
    void oneEndsTheWaitOfAll() throws Exception {
        long seen = nudge.count();
        CompletableFuture<Void> both =
                CompletableFuture.allOf(CompletableFuture.runAsync(() -> await(seen)), CompletableFuture.runAsync(() -> await(seen)));
        nudge.give();
        both.get(30, TimeUnit.SECONDS);
        assertThat(both).isCompleted();
    }

    @Test
    void theWaitEndsByItself() throws Exception {
        nudge.await(nudge.count(), Duration.ofMillis(1));
        nudge.await(Long.MAX_VALUE, Duration.ZERO);
        assertThat(nudge.count()).isZero();
    }

    private void await(long seen) {
        try {
            nudge.await(seen, LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
