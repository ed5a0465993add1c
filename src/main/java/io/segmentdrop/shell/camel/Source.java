package io.segmentdrop.shell.camel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** What is sent to a server: tells that it moves, and makes a fault of our disk known as one. */
final class Source extends FilterInputStream {

    private final Deadline deadline;
    private @Nullable IOException own;

    Source(InputStream content, Deadline deadline) {
        super(content);
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int read = in.read(bytes, from, length);
            deadline.moved(Math.max(0, read));
            return read;
        } catch (IOException e) {
            own = e instanceof FileSystemException ? e : new FileSystemException(null, null, e.getMessage());
            throw own;
        }
    }

    void rethrow() throws IOException {
        if (own != null) {
            throw own;
        }
    }
}
