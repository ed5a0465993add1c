package io.segmentdrop.shell.camel;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Takes what a server sends of a file, and no more than was listed: a file may grow, or have no end. */
final class Sink extends OutputStream {

    /** So much more may come before the reading is broken off, which costs a channel. */
    private static final long SURPLUS = 1 << 20;

    private final OutputStream to;
    private final long listed;
    private final Deadline deadline;
    private long size;
    private @Nullable IOException own;

    Sink(OutputStream to, long listed, Deadline deadline) {
        this.to = to;
        this.listed = listed;
        this.deadline = deadline;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        long room = Math.max(0, listed - size);
        size += length;
        deadline.moved(length);
        try {
            to.write(bytes, from, (int) Math.min(length, room));
        } catch (IOException e) {
            own = e;
            throw e;
        }
        if (size > listed + SURPLUS) {
            throw new IOException("expected " + listed + " bytes, found more");
        }
    }

    /** A fault of ours is none of the server. */
    void rethrow() throws IOException {
        if (own != null) {
            throw own;
        }
    }

    boolean isWhole() {
        return size == listed;
    }
}
