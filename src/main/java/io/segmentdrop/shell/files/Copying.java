package io.segmentdrop.shell.files;

import io.segmentdrop.core.split.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/** Copies a file to another file system: fsynced, read again and compared, with the original's time of change. */
final class Copying {

    /** Writes the slices of a copy, one after another. */
    @FunctionalInterface
    interface Pace {

        /**
         * Writes the next slice, when its turn comes.
         *
         * @param bytes how many it is
         */
        void next(Turns.Slice slice, int bytes) throws IOException;
    }

    private Copying() {}

    static void copy(Opener.Opened original, Path copy, Disk disk) throws IOException {
        copy(original, copy, disk, (slice, bytes) -> slice.run());
    }

    static void copy(Opener.Opened original, Path copy, Disk disk, Pace pace) throws IOException {
        MessageDigest written = Digests.sha256();
        try (OutputStream out = disk.create(copy)) {
            InputStream in = original.stream();
            byte[] slice = new byte[Math.clamp(original.seen().size(), 1, Turns.SLICE)];
            for (int count = in.read(slice); count >= 0; count = in.read(slice)) {
                int bytes = count;
                pace.next(
                        () -> {
                            written.update(slice, 0, bytes);
                            out.write(slice, 0, bytes);
                        },
                        bytes);
            }
        }
        disk.forceFile(copy);
        if (!MessageDigest.isEqual(written.digest(), Custody.hash(copy))) {
            throw new IOException("expected the copy to equal its original, found other bytes; it is tried again");
        }
        Files.setLastModifiedTime(copy, FileTime.from(original.seen().mtimeNanos(), TimeUnit.NANOSECONDS));
    }
}
