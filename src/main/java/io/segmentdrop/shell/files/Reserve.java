package io.segmentdrop.shell.files;

import java.io.IOException;

/**
 * The room that must be free in the home before anything is taken from a drop: enough for the ledger to go on, and for
 * the taken file with its checked copy. What does not fit stays in the drop, which is the safest place it can be in.
 */
public final class Reserve {

    /** The least, in bytes, however small the file. */
    public static final long LEAST = 64L << 20;

    private final Home home;
    private final Disk disk;

    public Reserve(Home home, Disk disk) {
        this.home = home;
        this.disk = disk;
    }

    /** What must be free for a file of this size, in bytes. */
    public long wanted(long size) {
        return Math.max(LEAST, 2 * size);
    }

    /** What is free, in bytes. */
    public long found() throws IOException {
        return disk.free(home.root());
    }
}
