package io.segmentdrop.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file of any size that needs no room: nothing but a hole. */
public final class SparseFile {

    private SparseFile() {}

    /** Makes one in place of what is there. */
    public static Path make(Path file, long size) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(0);
            made.setLength(size);
        }
        return file;
    }
}
