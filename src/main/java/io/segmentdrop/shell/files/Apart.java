package io.segmentdrop.shell.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes into one partner's folder on threads of its own, so that a folder that hangs, like one on a dead mount, holds no
 * worker that others need.
 *
 * <p>Promise: who asks waits no longer than twice the patience after the last byte was read. What was given up gives no name to
 * anything later on ({@link Content#require}); and while it still hangs, whoever asks is refused at once, so that nothing
 * overtakes it.
 */
final class Apart {

    private static final Executor THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("drop-folder-", 1).factory());

    /** What is done with the content. */
    @FunctionalInterface
    interface Task {

        void run(Content content) throws IOException;
    }

    /** What is written; counts what was read of it. */
    final class Content extends FilterInputStream {

        private final AtomicLong read = new AtomicLong();
        private boolean givenUp;
        private boolean ended;

        private Content(InputStream in) {
            super(in);
        }

        /** To be asked right before something is given its name. */
        synchronized void require() throws IOException {
            if (givenUp) {
                throw new IOException("given up meanwhile");
            }
        }

        private synchronized boolean giveUp() {
            if (!ended) {
                givenUp = true;
                hanging.incrementAndGet();
            }
            return givenUp;
        }

        private synchronized void end() {
            ended = true;
            if (givenUp) {
                hanging.decrementAndGet();
            }
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int found = super.read(into, from, count);
            count(Math.max(0, found));
            return found;
        }

        private void count(int more) {
            read.addAndGet(more);
        }
    }

    private final Duration patience;
    private final AtomicInteger hanging = new AtomicInteger();

    Apart(Duration patience) {
        this.patience = patience;
    }

    /** Runs the task to its end, or throws what it threw. */
    void run(InputStream in, Task task) throws IOException {
        if (hanging.get() > 0) {
            throw new IOException("the folder does not answer; what was begun in it hangs");
        }
        Content content = new Content(in);
        FutureTask<Boolean> running = new FutureTask<>(() -> {
            try {
                task.run(content);
                return true;
            } finally {
                content.end();
            }
        });
        THREADS.execute(running);
        try {
            await(running, content);
        } catch (ExecutionException e) {
            throw fault(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the program ends");
        }
    }

    private void await(FutureTask<Boolean> running, Content content)
            throws ExecutionException, InterruptedException, IOException {
        long before = -1;
        while (true) {
            try {
                running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (content.read.get() == before && content.giveUp()) {
                    throw new IOException("the folder does not answer within " + patience.toSeconds() + " s");
                }
                before = content.read.get();
            }
        }
    }

    private static IOException fault(@Nullable Throwable thrown) {
        return switch (thrown) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException(thrown);
        };
    }
}
