package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Rings when a name appears in a folder, so that who looks at it regularly may look at once. Only a hint: on a network file
 * system, or where the machine allows no more watches, it never rings, and the regular look finds everything all the same.
 */
public final class Bells implements AutoCloseable {

    /** The bell of one folder. */
    public final class Bell {

        private final Path folder;
        private final Lock lock = new ReentrantLock();
        private final Condition ringing = lock.newCondition();
        private boolean rung;
        private @Nullable WatchKey key;

        private Bell(Path folder) {
            this.folder = folder;
        }

        /** Waits {@code atLeast}, then until something has appeared since the last wait, but no longer than {@code atMost}. */
        public void await(Duration atLeast, Duration atMost) throws InterruptedException {
            long start = System.nanoTime();
            lock.lockInterruptibly();
            try {
                listen();
                for (long left = left(start, atLeast, atMost); left > 0; left = left(start, atLeast, atMost)) {
                    ringing.awaitNanos(left);
                }
                rung = false;
            } finally {
                lock.unlock();
            }
        }

        private long left(long start, Duration atLeast, Duration atMost) {
            return (rung ? atLeast : atMost).toNanos() - (System.nanoTime() - start);
        }

        /** Something has appeared, or is to be looked at again. */
        public void ring() {
            lock.lock();
            try {
                rung = true;
                ringing.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Anew if the folder was removed and is there again. */
        private void listen() {
            WatchKey known = key;
            if (watches != null && (known == null || !known.isValid())) {
                try {
                    WatchKey made = folder.register(watches, StandardWatchEventKinds.ENTRY_CREATE);
                    bells.put(made, this);
                    key = made;
                } catch (IOException | ClosedWatchServiceException e) {
                    key = null;
                }
            }
        }
    }

    private final @Nullable WatchService watches;
    private final Map<WatchKey, Bell> bells = new ConcurrentHashMap<>();

    private Bells(@Nullable WatchService watches) {
        this.watches = watches;
    }

    /** Listens on one thread for all folders. */
    public static Bells start() {
        try {
            Bells bells = new Bells(FileSystems.getDefault().newWatchService());
            Thread.ofPlatform().daemon().name("drop-bells").start(bells::listen);
            return bells;
        } catch (IOException noMore) {
            return silent();
        }
    }

    /** Never rings. */
    public static Bells silent() {
        return new Bells(null);
    }

    /** The bell of a folder, which need not be there yet. */
    public Bell of(Path folder) {
        return new Bell(folder);
    }

    private void listen() {
        try {
            for (WatchService service = watches; service != null; ) {
                WatchKey key = service.take();
                // what appeared is looked up by whoever is woken
                key.pollEvents();
                Bell bell = bells.get(key);
                if (!key.reset()) {
                    bells.remove(key);
                }
                if (bell != null) {
                    bell.ring();
                }
            }
        } catch (ClosedWatchServiceException closed) {
            // the program ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            if (watches != null) {
                watches.close();
            }
        } catch (IOException ended) {
            // it is gone either way
        }
    }
}
