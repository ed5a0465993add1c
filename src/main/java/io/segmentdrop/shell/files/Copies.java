package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Copies files of drops that are on another file system into the home. Room is asked for before each; of a drop one large file
 * is copied at a time, and what several drops write is written in turns, so that one of some GB makes another drop wait for a
 * slice of it and no longer. A hole counts as the bytes that it is read as.
 */
public final class Copies implements Custody.Copier {

    private static final long SMALL = 1 << 20;

    private final Disk disk;
    private final Reserve reserve;
    private final Consumer<Path> moved;
    private final Turns turns = new Turns();
    private final Map<Path, Lock> large = new ConcurrentHashMap<>();

    /** @param moved is told the drop's folder with each slice that is written: it goes on, however long it takes */
    public Copies(Disk disk, Reserve reserve, Consumer<Path> moved) {
        this.disk = disk;
        this.reserve = reserve;
        this.moved = moved;
    }

    @Override
    public void copy(Path drop, Opener.Opened original, Path copy) throws IOException {
        if (original.seen().size() <= SMALL) {
            copyNow(drop, original, copy);
            return;
        }
        Lock alone = large.computeIfAbsent(drop, any -> new ReentrantLock());
        alone.lock();
        try {
            copyNow(drop, original, copy);
        } finally {
            alone.unlock();
        }
    }

    private void copyNow(Path drop, Opener.Opened original, Path copy) throws IOException {
        try (Reserve.Claim claim = reserve.claim(original.seen().size())) {
            Copying.copy(original, copy, disk, (slice, bytes) -> {
                turns.next(slice);
                claim.written(bytes);
                moved.accept(drop);
            });
        }
    }
}
