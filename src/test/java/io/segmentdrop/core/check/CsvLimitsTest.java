package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Input that never ends, and reports that must not grow with it. */
class CsvLimitsTest {

    /** A beginning, then one text again and again, so many bytes in all; counts what was asked of it. */
    private static final class Endless extends InputStream {
        private final byte[] beginning;
        private final byte[] again;
        private final long size;
        private long given;

        private Endless(String beginning, String again, long size) {
            this.beginning = beginning.getBytes(StandardCharsets.UTF_8);
            this.again = again.getBytes(StandardCharsets.UTF_8);
            this.size = size;
        }

        @Override
        public int read() {
            if (given == size) {
                return -1;
            }
            long at = given++;
            return at < beginning.length ? beginning[(int) at] : again[(int) ((at - beginning.length) % again.length)];
        }

        @Override
        public int read(byte[] bytes, int from, int count) {
            int read = 0;
            for (int next = 0; read < count && (next = read()) >= 0; read++) {
                bytes[from + read] = (byte) next;
            }
            return read == 0 ? -1 : read;
        }
    }

    private static CheckReport check(Endless source) throws IOException {
        CsvCheck.Sinks sinks =
                new CsvCheck.Sinks((from, to) -> OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        return CsvCheck.check(source, -1, Checks.rules("ratio=1", new byte[0]), sinks, Runnable::run);
    }

    private static void stopsAfterOneRecord(Endless source, Problem expected) throws IOException {
        CheckReport report = check(source);

        assertThat(report.refused()).isEqualTo(expected);
        assertThat(report.sourceSha256()).isNull();
        assertThat(source.given).isLessThan(CheckRules.MAX_RECORD + (1 << 17));
        assertThat(report.sourceBytes()).isEqualTo(source.given);
    }

    @Test
    void stopsInAnEndlessQuote() throws IOException {
        stopsAfterOneRecord(
                new Endless("email,varr_a\na@b.co,x\n\"", "a@b.co,x\n", Long.MAX_VALUE),
                new Problem(
                        Code.CSV_RECORD_TOO_LONG,
                        3,
                        null,
                        "expected at most 1048576 bytes in a record, found more; "
                                + "the quote opened in line 3 may never be closed"));
    }

    @Test
    void stopsInAnEndlessField() throws IOException {
        stopsAfterOneRecord(
                new Endless("email,varr_a\n\na@b.co,", "x", Long.MAX_VALUE),
                new Problem(
                        Code.CSV_RECORD_TOO_LONG, 3, null, "expected at most 1048576 bytes in a record, found more"));
    }

    @Test
    void stopsInAnEndlessRowOfCommas() throws IOException {
        assertThat(check(new Endless("email,varr_a\n", ",", Long.MAX_VALUE)).refused())
                .extracting(Problem::code)
                .isEqualTo(Code.CSV_RECORD_TOO_LONG);
    }

    @Test
    void takesTheLongestRecordAndNoLongerOne() {
        assertThat(refusal(CheckRules.MAX_RECORD, "\n")).isEmpty();
        assertThat(refusal(CheckRules.MAX_RECORD, "\r\n")).isEmpty();
        assertThat(refusal(CheckRules.MAX_RECORD + 1, "\n")).isEqualTo("CSV_RECORD_TOO_LONG");
        assertThat(refusal(CheckRules.MAX_RECORD + 1, "\r\n")).isEqualTo("CSV_RECORD_TOO_LONG");
        assertThat(refusal(CheckRules.MAX_RECORD + 2, "\r")).isEqualTo("CSV_RECORD_TOO_LONG");
    }

    private static String refusal(int recordBytes, String lineEnd) {
        byte[] value = new byte[recordBytes - "a@b.co,".length() - lineEnd.length()];
        Arrays.fill(value, (byte) 'x');
        String source = "email,varr_a" + lineEnd + "a@b.co," + new String(value, StandardCharsets.US_ASCII) + lineEnd
                + "c@d.co,y" + lineEnd;
        byte[] bytes = source.getBytes(StandardCharsets.US_ASCII);
        Problem refused =
                Checks.run(bytes, Checks.rules("", bytes), 1000).report().refused();
        return refused == null ? "" : refused.code().name();
    }

    @Test
    void namesTheFirstHundredOfAMillionFaults() throws IOException {
        String row = "nobody,x\n";
        CheckReport report = check(new Endless("email,varr_a\n", row, 13 + row.length() * 1_000_000L));

        assertThat(report.rowsRead()).isEqualTo(1_000_000);
        assertThat(report.rowsRejected()).isEqualTo(1_000_000);
        assertThat(report.problemsTotal()).isEqualTo(1_000_001);
        assertThat(report.refused()).extracting(Problem::code).isEqualTo(Code.CSV_NO_ROWS);
        assertThat(report.problems()).hasSize(CheckRules.MAX_PROBLEMS).first().isEqualTo(report.refused());
        assertThat(report.problems().stream().mapToLong(Problem::line))
                .containsExactlyElementsOf(LongStream.concat(LongStream.of(0), LongStream.rangeClosed(2, 100))
                        .boxed()
                        .toList());
        assertThat(report.sourceSha256()).isNotNull();
    }

    @Test
    void readsOnBehindTooManyBadRows() {
        byte[] source = ("email\n" + "bad\n".repeat(500) + "a@b.co\n").getBytes(StandardCharsets.US_ASCII);
        Checks.Outcome outcome = Checks.run(source, Checks.rules("ratio=0.05", source), 64);

        assertThat(outcome.report().refused()).extracting(Problem::code).isEqualTo(Code.CSV_TOO_MANY_BAD_ROWS);
        assertThat(outcome.report().rowsRead()).isEqualTo(501);
        assertThat(outcome.report().sourceSha256()).isEqualTo(Checks.sha256(source));
        assertThat(outcome.rejects().lines()).hasSize(501);
    }

    @Test
    void theColumnsOfARejectsFileDoNotCountAsColumns() {
        String columns = IntStream.range(1, CheckRules.MAX_COLUMNS)
                .mapToObj(i -> ",varr_" + i)
                .collect(Collectors.joining());
        byte[] most = ("email" + columns + ",_line,_code,_reason,\na@b.co" + ",x".repeat(CheckRules.MAX_COLUMNS - 1)
                        + ",2,,,\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] more = ("email,varr_0" + columns + ",_line,_code,_reason\n").getBytes(StandardCharsets.UTF_8);

        assertThat(Checks.run(most, Checks.rules("", most), 4096).report().refused())
                .isNull();
        assertThat(Checks.run(more, Checks.rules("", more), 4096).report().problems())
                .extracting(Problem::code)
                .containsExactly(Code.CSV_TOO_MANY_COLUMNS);
    }
}
