package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the heap is measured, which others fill")
class LargeImportTest {

    private static final String ROW = "somebody.with.a.name@example.com," + "v".repeat(66) + "\n";
    private static final int BLOCK = 1_000;
    private static final int BLOCKS = 1_000;

    @Test
    void counts_100_MB_without_keeping_them() {
        try (StandInApi api =
                StandInApi.start(StandInApi.Setup.withKey(Client.KEY).counting())) {
            long before = heapAfterCollection();

            HttpResponse<String> answer =
                    new Client(api).send(100789, BodyPublishers.ofInputStream(LargeImportTest::body), Form.TYPE);

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(api.account().size(100789)).isEqualTo((long) BLOCK * BLOCKS);
            assertThat(api.account().members(100789)).isEmpty();
            assertThat(api.journal().imports(100789).getFirst().bytes())
                    .isEqualTo(100_000_000L + overhead().length());
            assertThat(heapAfterCollection() - before).as("bytes kept").isLessThan(10_000_000);
        }
    }

    private static InputStream body() {
        byte[] block = ROW.repeat(BLOCK).getBytes(StandardCharsets.US_ASCII);
        String[] ends = overhead().split("(?<=email,varr_x\n)", 2);
        InputStream rows = new SequenceInputStream(Collections.enumeration(Collections.nCopies(BLOCKS, block).stream()
                .<InputStream>map(ByteArrayInputStream::new)
                .toList()));
        return new SequenceInputStream(new SequenceInputStream(bytes(ends[0]), rows), bytes(ends[1]));
    }

    private static String overhead() {
        return Form.adding("email,varr_x\n").text();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
