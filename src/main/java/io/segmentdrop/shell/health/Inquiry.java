package io.segmentdrop.shell.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer may hang, put by a thread of its own: who asks waits a moment only. One question is under way at
 * a time, however many ask.
 */
final class Inquiry<T> {

    private final String name;
    private final Supplier<T> question;
    private final Duration patience;
    private @Nullable CompletableFuture<T> asked;

    /**
     * Asks nothing yet.
     *
     * @param name of the thread
     * @param patience how long the answer is waited for
     */
    Inquiry(String name, Supplier<T> question, Duration patience) {
        this.name = name;
        this.question = question;
        this.patience = patience;
    }

    /** The answer; empty if there is none yet. */
    Optional<T> answer() {
        try {
            return Optional.of(asked().get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized CompletableFuture<T> asked() {
        if (asked == null || asked.isDone()) {
            asked = CompletableFuture.supplyAsync(
                    question, run -> Thread.ofPlatform().daemon().name(name).start(run));
        }
        return asked;
    }
}
