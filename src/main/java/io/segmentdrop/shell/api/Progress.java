package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.Phase;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the sending of one request is. Written by the sending thread, readable from any other: by a progress bar, and by
 * the watch over the deadlines.
 *
 * <p>The last boundary counts as written from the moment before its first byte leaves, so that a failure in the middle of it
 * is in doubt and never taken for an incomplete body. Whoever wants to stop the request asks here: a body without its last
 * boundary is no import, and either the stop or the boundary comes first.
 */
public final class Progress {

    /** Which of the deadlines runs. */
    enum Stage {
        CONNECTING,
        SENDING,
        ANSWERING
    }

    private final AtomicLong bodyBytes = new AtomicLong();
    private volatile long bodyLength;
    private volatile Phase phase = Phase.NOTHING_WRITTEN;
    private volatile Stage stage = Stage.CONNECTING;
    private volatile long since = System.nanoTime();
    private boolean stopped;

    /** Bytes of the body handed to the connection so far. */
    public long bodyBytes() {
        return bodyBytes.get();
    }

    /** Bytes of the whole body; 0 until it is begun. */
    public long bodyLength() {
        return bodyLength;
    }

    /** True once the first byte of the body was about to leave. */
    public boolean started() {
        return phase != Phase.NOTHING_WRITTEN;
    }

    /** True once the last boundary was about to leave. */
    public boolean lastBoundaryWritten() {
        return phase == Phase.BODY_WRITTEN;
    }

    /** {@code NOTHING_WRITTEN}, {@code BODY_INCOMPLETE} or {@code BODY_WRITTEN}. It only ever grows. */
    public Phase phase() {
        return phase;
    }

    Stage stage() {
        return stage;
    }

    /** When the stage's clock was last set back, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    void connecting() throws SendStoppedException {
        requireGoing();
        enter(Stage.CONNECTING);
    }

    void connected(boolean nothingToWrite) throws SendStoppedException {
        requireGoing();
        enter(Stage.SENDING);
        if (nothingToWrite) {
            lastBoundary();
        }
    }

    void begin(long length) throws SendStoppedException {
        requireGoing();
        bodyLength = length;
        bodyBytes.set(0);
        grow(Phase.BODY_INCOMPLETE);
        enter(Stage.SENDING);
    }

    void wrote(int bytes) {
        bodyBytes.addAndGet(bytes);
        since = System.nanoTime();
    }

    /**
     * The last boundary is about to leave.
     *
     * @throws SendStoppedException if it was {@link #stop stopped} before
     */
    synchronized void lastBoundary() throws SendStoppedException {
        requireGoing();
        grow(Phase.BODY_WRITTEN);
        enter(Stage.ANSWERING);
    }

    private synchronized void requireGoing() throws SendStoppedException {
        if (stopped) {
            throw new SendStoppedException("the request was stopped");
        }
    }

    /** Keeps the last boundary back for good; false if it was about to leave already. */
    synchronized boolean stop() {
        stopped = phase != Phase.BODY_WRITTEN;
        return stopped;
    }

    /** An answer has begun; if it came early, its clock starts now. */
    void answering() {
        if (stage != Stage.ANSWERING) {
            enter(Stage.ANSWERING);
        }
    }

    private void grow(Phase next) {
        if (next.compareTo(phase) > 0) {
            phase = next;
        }
    }

    private void enter(Stage next) {
        since = System.nanoTime();
        stage = next;
    }
}
