package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

/**
 * The room that is kept free in the home: enough for the ledger to go on. Who wants to write much asks for its room before, and
 * gives it back as it is written, so that all who write at once are counted together. What does not fit stays in the drop,
 * which is the safest place it can be in.
 */
public final class Reserve {

    /** What is kept free, in bytes. */
    public static final long LEAST = 64L << 20;

    private static final long SPARE = 1L << 30;
    private static final long SPARE_SHARE = 16;
    private static final String DEVICE = "unix:dev";
    private static final String NO_SPACE = "No space left on device";

    /** There is no room for what was to be written; nothing of it was. */
    public static final class NoRoom extends FileSystemException {

        NoRoom(String reason) {
            super(null, null, reason);
        }
    }

    /** Room that was asked for; of any thread. */
    public final class Claim implements AutoCloseable {

        private long left;

        private Claim(long bytes) {
            this.left = bytes;
        }

        /** So many bytes of it are written, or are not to be written any more. */
        public void written(long bytes) {
            synchronized (Reserve.this) {
                long back = Math.min(left, bytes);
                left -= back;
                claimed -= back;
            }
        }

        /** Nothing more of it will be written. */
        @Override
        public void close() {
            written(Long.MAX_VALUE);
        }
    }

    private final Home home;
    private final Disk disk;
    private long claimed;

    public Reserve(Home home, Disk disk) {
        this.home = home;
        this.disk = disk;
    }

    /** What is free on the disk of the home, in bytes. */
    public long found() throws IOException {
        return disk.free(home.root());
    }

    /**
     * What stays free for drops that have little in the home, in bytes: so that one that fills it with imports, dead letters
     * or its archive stops no other.
     */
    public long spare() throws IOException {
        return Math.min(SPARE, disk.size(home.root()) / SPARE_SHARE);
    }

    /** Whether what comes from this folder has to be copied; a folder of the same file system may still be another mount. */
    public boolean isElsewhere(Path folder) throws IOException {
        return !Files.getAttribute(folder, DEVICE).equals(Files.getAttribute(home.root(), DEVICE));
    }

    /** What may still be asked for, in bytes; negative if less is free than was claimed already. */
    private synchronized long left() throws IOException {
        return found() - claimed - LEAST;
    }

    /**
     * Claims as much as the caller decides on.
     *
     * @param bytes is told how many bytes may be had, and answers how many it wants of them
     */
    public synchronized Claim claim(LongUnaryOperator bytes) throws IOException {
        long wanted = bytes.applyAsLong(left());
        claimed += wanted;
        return new Claim(wanted);
    }

    /** Claims room for so many bytes, or throws {@link NoRoom}. */
    public synchronized Claim claim(long bytes) throws IOException {
        long left = left();
        if (bytes > left) {
            throw new NoRoom(words(bytes, left));
        }
        return claim(any -> bytes);
    }

    /** Why there is no room for so many bytes. */
    public static String words(long bytes, long left) {
        long wanted = bytes > Long.MAX_VALUE - LEAST ? Long.MAX_VALUE : bytes + LEAST;
        return "expected %d MiB free on the disk of the home, found %d; make room, and the taking goes on by itself"
                .formatted(wanted >> 20, Math.max(0, left + LEAST) >> 20);
    }

    /** Whether a fault of our disk comes from a lack of room; what it was that the system calls so differs. */
    public boolean isFull(IOException fault) {
        return fault instanceof NoRoom
                || (fault instanceof FileSystemException it && NO_SPACE.equals(it.getReason()))
                || NO_SPACE.equals(fault.getMessage())
                || isShort();
    }

    private boolean isShort() {
        try {
            return found() < LEAST;
        } catch (IOException e) {
            return false;
        }
    }
}
