package io.segmentdrop.shell.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces of folders that many ask for at once: while one runs, the next one gathers.
 *
 * <p>Promise: weakens nothing. What {@link #force} returned from was forced by a force that began after it was asked for, so
 * that it covers every change its caller made before. Nobody relies on a force that failed: who made it is told, and the
 * others make one of their own.
 */
final class Forces {

    /** Makes a folder's entries survive a power cut. */
    @FunctionalInterface
    interface Force {

        void of(Path folder) throws IOException;
    }

    /** Those who want the same folder forced. Fields are guarded by the lock, but for {@code callers}. */
    private static final class Turns {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();
        private long asked;
        private long done;
        private boolean running;
        /** Guarded by the map. */
        private int callers;
    }

    private final Map<Path, Turns> folders = new ConcurrentHashMap<>();
    private final Force force;

    Forces(Force force) {
        this.force = force;
    }

    void force(Path folder) throws IOException {
        Turns turns = folders.compute(folder, (path, known) -> enter(known == null ? new Turns() : known));
        try {
            force(folder, turns);
        } finally {
            folders.computeIfPresent(folder, (path, known) -> --known.callers == 0 ? null : known);
        }
    }

    private static Turns enter(Turns turns) {
        turns.callers++;
        return turns;
    }

    private void force(Path folder, Turns turns) throws IOException {
        turns.lock.lock();
        try {
            long mine = ++turns.asked;
            while (turns.done < mine) {
                if (turns.running) {
                    turns.ended.await();
                } else {
                    lead(folder, turns);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the program ends");
        } finally {
            turns.lock.unlock();
        }
    }

    /** Forces for all who have asked so far; those who ask meanwhile wait for the next one. */
    private void lead(Path folder, Turns turns) throws IOException {
        long all = turns.asked;
        turns.running = true;
        boolean forced = false;
        turns.lock.unlock();
        try {
            force.of(folder);
            forced = true;
        } finally {
            turns.lock.lock();
            turns.running = false;
            turns.done = forced ? Math.max(turns.done, all) : turns.done;
            turns.ended.signalAll();
        }
    }
}
