package io.segmentdrop.shell.routes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the workers when the ledger may have something for them. Only a hint: a worker looks by itself too, so that a
 * nudge that is missed costs a moment and nothing else.
 */
public final class Nudge {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private long count;

    /** There may be something to do. */
    public void give() {
        lock.lock();
        try {
            count++;
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many nudges were given so far; to be asked before one looks for work. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more than {@code seen} nudges were given, or that long. */
    public void await(long seen, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (count <= seen && left > 0) {
                left = given.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The longest time that a worker sleeps without looking. */
    public static final Duration LOOK = Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(200));
}
