package io.segmentdrop.shell.routes;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads on which large files are hashed beside the thread that checks or sends them, which keeps a processor for itself where
 * there are several.
 */
public final class HashingThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Thread.ofPlatform().daemon().name("hashing-", 1).factory());

    /** Refuses work once these are closed. */
    public Executor executor() {
        return threads;
    }

    /** Ends what was begun, which takes no longer than a few blocks do; nothing that was handed over is lost. */
    @Override
    public void close() {
        threads.close();
    }
}
