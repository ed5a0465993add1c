package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiLargeFileTest {

    private static final int BLOCK = 1024 * 1024;
    private static final int BLOCKS = 200;

    @TempDir
    Path dir;

    @Test
    void twoHundredMegabytesArriveAsTheyAreAndNeedNoMemory() throws IOException {
        Path file = dir.resolve("large.csv");
        String sha256 = fill(file);
        Slice slice = Slices.of(file, 0, Files.size(file), sha256);
        CompletableFuture<String> arrived = new CompletableFuture<>();
        try (RawServer server = RawServer.plain(talk -> arrived.complete(hash(talk, slice)));
                ApiRoute route = new ApiRoute("http://127.0.0.1:" + server.port(), ApiRoute.LONG)) {
            Progress progress = new Progress();
            long before = allocated();
            route.send(new ApiRequest.Import(7, List.of(), slice, progress));

            assertThat(allocated() - before).isLessThan(16L * BLOCK);
            assertThat(arrived.join()).isEqualTo(sha256);
            assertThat(progress.bodyBytes()).isGreaterThan((long) BLOCKS * BLOCK);
        }
    }

    private static String fill(Path file) throws IOException {
        MessageDigest digest = Slices.digest();
        digest.update(Slices.HEADER.getBytes(UTF_8));
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < BLOCKS; i++) {
                Arrays.fill(block, (byte) ('a' + i % 26));
                digest.update(block);
                out.write(block);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of header and rows as they came in. */
    private static String hash(RawServer.Talk talk, Slice slice) throws IOException {
        talk.readHead();
        String part = "";
        while (!part.endsWith("\r\n\r\n")) {
            part += new String(talk.read(1), UTF_8);
        }
        MessageDigest digest = Slices.digest();
        long left = Slices.HEADER.length() + slice.length();
        while (left > 0) {
            byte[] read = talk.read((int) Math.min(BLOCK, left));
            digest.update(read);
            left -= read.length;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Bytes that this thread, which sends, has allocated so far. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
