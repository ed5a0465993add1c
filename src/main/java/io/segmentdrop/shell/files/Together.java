package io.segmentdrop.shell.files;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to many files side by side. A file system forces a dozen files in about the time of one, so that this is what
 * makes many small files fast; each of them is forced as before.
 */
public final class Together {

    private static final int THREADS = 16;

    private final @Nullable Executor threads;

    private Together(@Nullable Executor threads) {
        this.threads = threads;
    }

    /** On threads of its own, which end with the program. */
    public static Together onThreads() {
        return new Together(Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("files-", 1).factory()));
    }

    /** One after the other, in order, and no further than to a fault. */
    public static Together inOrder() {
        return new Together(null);
    }

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException what one of them threw; side by side, the others are done all the same
     */
    public <T> void each(List<T> all, Consumer<T> what) {
        if (threads == null || all.size() == 1) {
            all.forEach(what);
        } else {
            sideBySide(all, what, threads);
        }
    }

    private static <T> void sideBySide(List<T> all, Consumer<T> what, Executor threads) {
        List<CompletableFuture<Void>> running = all.stream()
                .map(one -> CompletableFuture.runAsync(() -> what.accept(one), threads))
                .toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException runtime ? runtime : e;
        }
    }
}
