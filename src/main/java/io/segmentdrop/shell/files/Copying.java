package io.segmentdrop.shell.files;

import io.segmentdrop.core.split.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/** Copies a file to another file system: fsynced, read again and compared, with the original's time of change. */
final class Copying {

    private Copying() {}

    static void copy(Opener.Opened original, Path copy, Disk disk) throws IOException {
        byte[] written;
        try (OutputStream out = disk.create(copy)) {
            DigestInputStream hashed = new DigestInputStream(original.stream(), Digests.sha256());
            hashed.transferTo(out);
            written = hashed.getMessageDigest().digest();
        }
        disk.forceFile(copy);
        if (!MessageDigest.isEqual(written, Custody.hash(copy))) {
            throw new IOException("expected the copy to equal its original, found other bytes; it is tried again");
        }
        Files.setLastModifiedTime(copy, FileTime.from(original.seen().mtimeNanos(), TimeUnit.NANOSECONDS));
    }
}
