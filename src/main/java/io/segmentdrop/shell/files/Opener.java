package io.segmentdrop.shell.files;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The one way in which a file is opened that a partner may have named, or exchanged meanwhile. Promise: it never blocks, follows
 * no link, and opens nothing but a regular file, or what is asked for as a folder nothing but a folder.
 */
public final class Opener {

    /** A link, a pipe, a device or a folder is there; it was not opened. It is the file's fault, not the machine's. */
    public static final class NoRegularFile extends FileSystemException {

        NoRegularFile(Path file) {
            super(file.toString(), null, "expected a regular file, found something else");
        }
    }

    /**
     * A file that is open for reading.
     *
     * @param seen what it was when it was opened
     */
    record Opened(Seen seen, FileChannel channel) implements Closeable {

        /** The bytes that it had then; what is appended meanwhile is not read, or reading might never end. */
        InputStream stream() {
            return new Limited(Channels.newInputStream(channel), seen.size());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private Opener() {}

    /**
     * Opens a file.
     *
     * @throws NoRegularFile if it is something else
     */
    public static FileChannel file(Path file) throws IOException {
        return open(file).channel();
    }

    /** The bytes that the file has now. */
    public static InputStream stream(Path file) throws IOException {
        return open(file).stream();
    }

    static Opened open(Path file) throws IOException {
        try (Pinned pinned = Pinned.of(file)) {
            return open(file, pinned);
        }
    }

    static Opened open(Path file, Pinned pinned) throws IOException {
        Seen seen = pinned.look();
        if (!seen.isFile()) {
            throw new NoRegularFile(file);
        }
        return new Opened(seen, pinned.read());
    }

    /**
     * A name under which nothing but a folder opens: of anything else the kernel says so before it could block. The folder may
     * be a link to one.
     */
    static Path folder(Path folder) {
        return folder.resolve(".");
    }

    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : super.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (left == 0 && count > 0) {
                return -1;
            }
            int read = super.read(into, from, (int) Math.min(count, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, super.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
