package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that were told to be silent. */
final class Stalls {

    private static final long LOOK_EVERY_MILLIS = 250;

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch released = new CountDownLatch(1);

    int waiting() {
        return waiting.get();
    }

    /** Lets every silent connection go on. */
    synchronized void release() {
        released.countDown();
        released = new CountDownLatch(1);
    }

    /** Waits until released; nothing is read meanwhile, so that the other side's writing stops too. */
    void untilReleased() throws IOException {
        CountDownLatch mine = released;
        waiting.incrementAndGet();
        try {
            mine.await();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * Waits until released or until the other side, which has nothing left to send, leaves.
     *
     * @return false if it left
     */
    boolean untilReleasedOrLeft(Socket socket) throws IOException {
        CountDownLatch mine = released;
        waiting.incrementAndGet();
        try {
            while (!mine.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (left(socket)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * Waits for a while, or until released.
     *
     * @return true if it was released
     */
    boolean pause(Duration time) throws IOException {
        try {
            return released.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static boolean left(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while a connection was silent");
    }
}
