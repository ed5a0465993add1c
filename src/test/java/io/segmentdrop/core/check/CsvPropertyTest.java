package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.check.Checks.Outcome;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.PlannedChunk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file, tried on files made from fixed seeds. */
class CsvPropertyTest {

    private static final String RULES = "ratio=1 chunkRows=5 chunkBytes=150";

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static Outcome check(String text, int readSize) {
        byte[] bytes = bytes(text);
        return Checks.run(bytes, Checks.rules(RULES, bytes), readSize);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sendsTheValuesOfGoodRowsUnchanged(long seed) {
        CsvModel model = new CsvModel(seed);
        Outcome outcome = check(model.text, 4096);

        assertThat(outcome.report().refused()).isNull();
        assertThat(CsvModel.parse(outcome.clean())).isEqualTo(model.good);
        assertThat(outcome.report().rowsRejected()).isEqualTo(model.bad);
        assertThat(outcome.report().rowsRead()).isEqualTo(model.bad + model.good.size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotDependOnWhereThePiecesEnd(long seed) {
        CsvModel model = new CsvModel(seed);
        Outcome whole = check(model.text, 65536);

        for (int readSize : new int[] {1, 2, 3, 7, 64}) {
            assertThat(check(model.text, readSize)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutsTheCleanFileIntoChunksWithinLimits(long seed) {
        Outcome outcome = check(new CsvModel(seed).text, 4096);
        byte[] clean = bytes(outcome.clean());
        byte[] header = bytes(outcome.report().header());
        long begin = outcome.report().cleanFile()
                ? 0
                : outcome.report().chunks().getFirst().offset();
        long offset = 0;
        for (PlannedChunk chunk : outcome.report().chunks()) {
            byte[] rows = Arrays.copyOfRange(clean, (int) offset, (int) (offset + chunk.length()));
            assertThat(chunk.offset()).isEqualTo(begin + offset);
            assertThat(CsvModel.parse(new String(rows, StandardCharsets.UTF_8))).hasSize((int) chunk.rows());
            assertThat(chunk.rows()).isLessThanOrEqualTo(5);
            assertThat(chunk.rows() == 1 || header.length + chunk.length() <= 150)
                    .isTrue();
            assertThat(chunk.sha256()).isEqualTo(Checks.sha256(header, rows));
            offset += chunk.length();
        }
        assertThat(offset).isEqualTo(clean.length);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesItsOwnOutputAsItIs(long seed) {
        Outcome once = check(new CsvModel(seed).text, 4096);
        Outcome twice = check(once.report().header() + once.clean(), 4096);

        assertThat(twice.clean()).isEqualTo(once.clean());
        assertThat(twice.report().header()).isEqualTo(once.report().header());
        assertThat(twice.report().cleanFile()).isFalse();
        assertThat(twice.report().chunks())
                .extracting(PlannedChunk::sha256)
                .isEqualTo(once.report().chunks().stream()
                        .map(PlannedChunk::sha256)
                        .toList());
        assertThat(twice.report().problems()).isEmpty();
        assertThat(twice.report().warnings()).isEmpty();
        assertThat(twice.rejects()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writesEachRefusedRowWithItsLineAndCode(long seed) {
        CsvModel model = new CsvModel(seed);
        Outcome outcome = check(model.text, 4096);
        List<Problem> problems = outcome.report().problems();
        List<List<String>> records = CsvModel.parse(outcome.rejects());

        assertThat(records).hasSize(model.bad == 0 ? 0 : model.bad + 1);
        for (int i = 1; i < records.size(); i++) {
            Problem problem = problems.get(i - 1);
            assertThat(records.get(i)).hasSize(model.width + 3);
            assertThat(records.get(i).subList(model.width, model.width + 3))
                    .containsExactly(
                            Long.toString(problem.line()), problem.code().name(), problem.message());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void refusesEachRowOfItsRejectsAgain(long seed) {
        Outcome once = check(new CsvModel(seed).text, 4096);
        if (once.rejects().isEmpty()) {
            return;
        }
        Outcome again = check(once.rejects(), 4096);

        assertThat(codes(again)).isEqualTo(codes(once));
        assertThat(again.clean()).isEmpty();
    }

    private static List<String> codes(Outcome outcome) {
        return outcome.report().problems().stream()
                .filter(problem -> problem.line() > 0)
                .map(Problem::code)
                .map(Enum::name)
                .toList();
    }
}
