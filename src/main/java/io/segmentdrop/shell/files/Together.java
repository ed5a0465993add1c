package io.segmentdrop.shell.files;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Does the same to many files side by side. A file system forces a dozen files in about the time of one, and a server
 * answers a dozen questions in about the time of one, so that this is what makes many small files fast; each of them is
 * treated as before.
 */
public final class Together {

    private static final Executor THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("files-", 1).factory());

    private final int most;

    private Together(int most) {
        this.most = most;
    }

    /** So many at once, for each caller; on threads that end with the program. */
    public static Together upTo(int most) {
        return new Together(most);
    }

    /** One after the other, in order, and no further than to a fault. */
    public static Together inOrder() {
        return new Together(1);
    }

    /** What is done to one of them. */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {

        void on(T one) throws E;
    }

    /**
     * Returns when all are done.
     *
     * @throws E what one of them threw; side by side, the others are done all the same
     */
    public <T, E extends Exception> void each(List<T> all, Task<T, E> what) throws E {
        int runners = Math.min(most, all.size());
        if (runners <= 1) {
            for (T one : all) {
                what.on(one);
            }
            return;
        }
        Queue<T> left = new ConcurrentLinkedQueue<>(all);
        List<CompletableFuture<Optional<Throwable>>> running = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> takeOneByOne(left, what), THREADS))
                .limit(runners)
                .toList();
        Optional<Throwable> fault = running.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .reduce((first, other) -> first);
        if (fault.isPresent()) {
            rethrow(fault.get());
        }
    }

    /** What the first of them threw that threw something. */
    private static <T, E extends Exception> Optional<Throwable> takeOneByOne(Queue<T> left, Task<T, E> what) {
        Optional<Throwable> first = Optional.empty();
        for (T one = left.poll(); one != null; one = left.poll()) {
            try {
                what.on(one);
            } catch (Exception | Error e) {
                first = first.isPresent() ? first : Optional.of(e);
            }
        }
        return first;
    }

    /** A task throws nothing but what is declared, what is unchecked, and errors. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void rethrow(Throwable fault) throws E {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (E) fault;
    }
}
