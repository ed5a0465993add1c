package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells one file from another of the same name: size in bytes, modification time in nanoseconds since 1970 UTC, and
 * the file system's own number. Seen without following a link.
 */
public record Mark(long size, long mtimeNanos, String identity) {

    /** As {@link #text} wrote it. */
    static Mark parse(String text) {
        String[] parts = text.split(":", 3);
        return new Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }

    /** The file's mark now, or empty if it is gone. */
    public static Optional<Mark> of(Path file) throws IOException {
        return Seen.of(file).map(Seen::mark);
    }

    /** Whether the file is still there and looks so. */
    public boolean isStill(Path file) throws IOException {
        return of(file).filter(this::equals).isPresent();
    }

    /** As the ledger keeps it. */
    public String text() {
        return size + ":" + mtimeNanos + ":" + identity;
    }
}
