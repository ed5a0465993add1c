package io.segmentdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressStreamTest {

    @Test
    void speaksAfterEachStep() throws IOException {
        StringWriter said = new StringWriter();
        long size = ProgressStream.STEP * 2 + (1 << 20);

        try (InputStream in = new ProgressStream(new Zeros(size), size, new PrintWriter(said))) {
            in.transferTo(OutputStream.nullOutputStream());
        }

        assertThat(said).hasToString("read 256 of 513 MiB\nread 512 of 513 MiB\n");
    }

    /** So many bytes, of which none is ever made. */
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
