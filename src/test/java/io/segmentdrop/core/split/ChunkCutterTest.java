package io.segmentdrop.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkCutterTest {

    private static final byte[] HEADER = bytes("email\n");

    private static Hashing hashing() {
        return new Hashing(100, Runnable::run);
    }

    @Test
    void cutsBeforeTheRowThatWouldBeTooMany() {
        assertThat(plan(ChunkCutter.limited(HEADER, 2, 1000, hashing()), "a@b.co\n", "c@d.co\n", "e@f.co\n"))
                .containsExactly("1: 0+14, 2 rows", "2: 14+7, 1 rows");
    }

    @Test
    void countsTheHeaderOfEachChunk() {
        assertThat(plan(ChunkCutter.limited(HEADER, 100, 20, hashing()), "a@b.co\n", "c@d.co\n", "e@f.co\n"))
                .containsExactly("1: 0+14, 2 rows", "2: 14+7, 1 rows");
        assertThat(plan(ChunkCutter.limited(HEADER, 100, 19, hashing()), "a@b.co\n", "c@d.co\n"))
                .containsExactly("1: 0+7, 1 rows", "2: 7+7, 1 rows");
    }

    @Test
    void letsARowThatIsTooLongGoAlone() {
        assertThat(plan(
                        ChunkCutter.limited(HEADER, 100, 14, hashing()),
                        "a@b.co\n",
                        "longer@example.com\n",
                        "c@d.co\n"))
                .containsExactly("1: 0+7, 1 rows", "2: 7+19, 1 rows", "3: 26+7, 1 rows");
    }

    @Test
    void neverCutsTheWhole() {
        assertThat(plan(ChunkCutter.whole(HEADER, hashing()), "a@b.co\n", "c@d.co\n"))
                .containsExactly("1: 0+14, 2 rows");
    }

    @Test
    void plansNothingForNoRows() {
        assertThat(plan(ChunkCutter.whole(HEADER, hashing()))).isEmpty();
    }

    @Test
    void hashesTheHeaderAndTheRows() {
        ChunkCutter cutter = ChunkCutter.limited(HEADER, 1, 1000, hashing());
        byte[] rows = bytes("xxa@b.co\nc@d.co\n");
        cutter.add(rows, 2, 7);
        cutter.add(rows, 9, 7);

        assertThat(cutter.finish(0))
                .extracting(PlannedChunk::sha256)
                .containsExactly(sha256("email\na@b.co\n"), sha256("email\nc@d.co\n"));
    }

    @Test
    void wantsRoomForARow() {
        assertThatThrownBy(() -> ChunkCutter.limited(HEADER, 0, 1, hashing()))
                .hasMessage("expected limits from 1, found 0 rows, 1 bytes");
    }

    private static List<String> plan(ChunkCutter cutter, String... rows) {
        for (String row : rows) {
            cutter.add(bytes(row), 0, row.length());
        }
        return cutter.finish(0).stream()
                .map(c -> c.number() + ": " + c.offset() + "+" + c.length() + ", " + c.rows() + " rows")
                .toList();
    }

    private static String sha256(String text) {
        var digest = Digests.sha256();
        digest.update(bytes(text));
        return Digests.hex(digest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
