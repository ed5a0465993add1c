package io.segmentdrop.shell.routes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the workers when the ledger may have something for them. Only a hint: a worker looks by itself too, so that a
 * nudge that is missed costs a moment and nothing else.
 */
public final class Nudge {

    /** The longest time that a worker sleeps without looking. */
    public static final Duration LOOK = Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(200));

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    private final List<Workers> all = new CopyOnWriteArrayList<>();
    private long count;

    /**
     * Those who do the same work. A nudge wakes one of them, and one who finds something wakes the next: were all of them
     * woken each time, most would look in vain, and looking is most of the work.
     */
    public final class Workers {

        private final Condition woken = lock.newCondition();
        private final Condition found = lock.newCondition();
        private long finds;
        private boolean isWatched;

        /**
         * Waits for work, after a look in vain that began when {@code seen} nudges were given: one of the workers waits {@code
         * rest} whatever happens, and then until there are more nudges; the others sleep until one of them has found something.
         * None waits longer than {@code atMost}.
         */
        void await(long seen, Duration rest, Duration atMost) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (isWatched) {
                    follow(atMost);
                } else {
                    watch(seen, rest, atMost);
                }
            } finally {
                lock.unlock();
            }
        }

        private void follow(Duration atMost) throws InterruptedException {
            long before = finds;
            long left = atMost.toNanos();
            while (finds == before && left > 0) {
                left = found.awaitNanos(left);
            }
        }

        private void watch(long seen, Duration rest, Duration atMost) throws InterruptedException {
            isWatched = true;
            try {
                waitFor(never, Long.MAX_VALUE, rest);
                waitFor(woken, seen, atMost.minus(rest));
            } finally {
                isWatched = false;
            }
        }

        /** There may be more to do. */
        void wakeNext() {
            lock.lock();
            try {
                finds++;
                found.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Workers of a new kind. */
    Workers workers() {
        Workers workers = new Workers();
        all.add(workers);
        return workers;
    }

    /** There may be something to do. */
    public void give() {
        lock.lock();
        try {
            count++;
            all.forEach(workers -> workers.woken.signal());
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

    /** Waits that long, whatever happens. */
    void pause(Duration time) throws InterruptedException {
        waitFor(never, Long.MAX_VALUE, time);
    }

    private void waitFor(Condition condition, long seen, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (count <= seen && left > 0) {
                left = condition.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
