package io.segmentdrop.bench;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CheckRules;
import io.segmentdrop.core.check.CsvCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * How fast the check is, beside reading the same bytes and counting their lines in the same run. Argument: how many
 * megabytes (default 500). The bytes are one block given again and again, so that neither disk nor memory is measured.
 */
public final class CheckBench {

    private static final int ROUNDS = 5;

    private CheckBench() {}

    /** The header once, then a block of rows until the size is reached. */
    private static final class Rows extends InputStream {
        private static final byte[] HEADER = bytes("email,varr_firstname,varr_city,varr_plan,tag-add\n");
        private final byte[] block;
        private long left;
        private int at;
        private byte[] current = HEADER;

        private Rows(byte[] block, long blocks) {
            this.block = block;
            this.left = HEADER.length + blocks * block.length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (left == 0) {
                return -1;
            }
            if (at == current.length) {
                current = block;
                at = 0;
            }
            int count = Math.min(most, current.length - at);
            System.arraycopy(current, at, into, from, count);
            at += count;
            left -= count;
            return count;
        }
    }

    /** Measures plain rows, quoted rows and rows with letters beyond ASCII. */
    public static void main(String[] arguments) throws IOException {
        long megabytes = arguments.length == 0 ? 500 : Long.parseLong(arguments[0]);
        measure("plain", "subscriber%d@example.com,Annabelle,Springfield,gold plan,VIP\n", megabytes);
        measure(
                "quoted",
                "\"subscriber%d@example.com\",\"Anna \"\"B\"\"\",\"Springfield, MA\",\"gold\",\"VIP,News\"\n",
                megabytes);
        measure("accents", "subscriber%d@example.com,Ren\u00e9e M\u00fcller,K\u00f6ln,gold,VIP\n", megabytes);
    }

    private static void measure(String name, String row, long megabytes) throws IOException {
        byte[] block = block(row);
        long blocks = Math.max(1, megabytes * 1_000_000 / block.length);
        double lines = 0;
        double check = 0;
        for (int round = 0; round < ROUNDS; round++) {
            lines = Math.max(lines, speed(blocks * block.length, () -> countLines(new Rows(block, blocks))));
            check = Math.max(check, speed(blocks * block.length, () -> check(new Rows(block, blocks))));
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s lines %6.0f MB/s, check %6.0f MB/s, ratio %.2f%n",
                name,
                lines,
                check,
                check / lines);
    }

    private interface Work {
        long run() throws IOException;
    }

    private static double speed(long bytes, Work work) throws IOException {
        long start = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException("expected rows");
        }
        return bytes * 1e3 / (System.nanoTime() - start);
    }

    private static long countLines(InputStream source) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            for (int i = 0; i < count; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    private static long check(InputStream source) throws IOException {
        OutputStream nowhere = new BufferedOutputStream(OutputStream.nullOutputStream(), 1 << 16);
        CheckReport report = CsvCheck.check(source, -1, RULES, new CsvCheck.Sinks((from, to) -> nowhere, nowhere));
        if (report.refused() != null || report.rowsRejected() > 0) {
            throw new IllegalStateException("expected a clean file, found " + report.problems());
        }
        return report.rowsPlanned();
    }

    private static final CheckRules RULES = new CheckRules(
            false,
            null,
            false,
            Map.of(),
            null,
            null,
            null,
            false,
            null,
            null,
            false,
            false,
            false,
            0.05,
            Long.MAX_VALUE,
            100_000,
            20 << 20);

    private static byte[] block(String row) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; block.length() < 1 << 20; i++) {
            block.append(String.format(Locale.ROOT, row, i));
        }
        return bytes(block.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
