package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one file from another of the same name: size in bytes, modification time in nanoseconds since 1970 UTC, and
 * the file system's own number. Seen without following a link.
 */
public record Mark(long size, long mtimeNanos, String identity) {

    /** The file's mark now, or empty if it is gone. */
    public static Optional<Mark> of(Path file) throws IOException {
        try {
            Map<String, Object> seen = Files.readAttributes(file, "unix:size,lastModifiedTime,ino", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Mark(
                    (Long) seen.get("size"),
                    ((FileTime) seen.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                    String.valueOf(seen.get("ino"))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** As the ledger keeps it. */
    public String text() {
        return size + ":" + mtimeNanos + ":" + identity;
    }
}
