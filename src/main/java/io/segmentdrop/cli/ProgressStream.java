package io.segmentdrop.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/** Says how far a long file was read, a line every 256 MiB; nothing for a short one. */
final class ProgressStream extends FilterInputStream {

    static final long STEP = 256L << 20;

    private final long size;
    private final PrintWriter progress;
    private long read;

    ProgressStream(InputStream in, long size, PrintWriter progress) {
        super(in);
        this.size = size;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        advance(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        advance(Math.max(count, 0));
        return count;
    }

    private void advance(int count) {
        long before = read / STEP;
        read += count;
        if (read / STEP > before) {
            progress.printf("read %d of %d MiB%n", read >> 20, size >> 20);
            progress.flush();
        }
    }
}
