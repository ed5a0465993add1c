package io.segmentdrop.house.planted.core.check;

import java.io.FileInputStream;
import java.io.IOException;

/** Planted: the core opens a file. */
public final class OpensFile {
    public int first() throws IOException {
        try (FileInputStream in = new FileInputStream("x")) {
            return in.read();
        }
    }
}
