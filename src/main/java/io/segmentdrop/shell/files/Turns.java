package io.segmentdrop.shell.files;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets long works of several drops take turns, a slice each in the order in which they ask, so that a file of some GB makes
 * another drop wait for a slice and no longer. A slice must never wait for a partner's file: it may hang.
 */
public final class Turns {

    /** As much of a file is a slice, in bytes. */
    public static final int SLICE = 1 << 18;

    private final Lock turn = new ReentrantLock(true);

    /** What is done with a slice. */
    @FunctionalInterface
    public interface Slice {

        void run() throws IOException;
    }

    /** Runs it when it is this one's turn. */
    public void next(Slice slice) throws IOException {
        turn.lock();
        try {
            slice.run();
        } finally {
            turn.unlock();
        }
    }
}
