package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.check.Catalogue.Case;
import io.segmentdrop.core.check.Checks.Outcome;
import io.segmentdrop.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of the catalogue, read in pieces of several sizes: what is found never depends on where a piece ends. */
class CsvCatalogueTest {

    private static final int[] SIZES = {1, 2, 3, 7, 64, 65536};

    static Stream<Arguments> cases() {
        return Catalogue.read().stream().flatMap(c -> sizes(c).mapToObj(size -> Arguments.of(c, size)));
    }

    private static IntStream sizes(Case c) {
        return c.has("sizes") ? IntStream.of(Integer.parseInt(c.text("sizes"))) : IntStream.of(SIZES);
    }

    @ParameterizedTest(name = "{0} in pieces of {1}")
    @MethodSource("cases")
    void endsAsTheCatalogueSays(Case c, int readSize) {
        byte[] source = c.bytes("in");
        Outcome outcome = Checks.run(source, Checks.rules(c.text("rules"), source), readSize);
        CheckReport report = outcome.report();

        assertThat(problems(report)).containsExactlyInAnyOrderElementsOf(expectedProblems(c));
        assertThat(report.refused() == null ? "" : mark(report.refused())).isEqualTo(c.text("refused"));
        assertThat(report.warnings().stream().map(CsvCatalogueTest::mark))
                .containsExactlyInAnyOrderElementsOf(c.words("notes"));
        if (report.refused() == null) {
            assertThat(report.header() + outcome.clean()).isEqualTo(text(c.bytes("sent")));
            assertThat(report.sourceSha256()).isEqualTo(Checks.sha256(source));
            assertThat(report.sourceBytes()).isEqualTo(source.length);
            assertThat(report.rowsPlanned()).isEqualTo(report.rowsRead() - report.rowsRejected());
        } else {
            assertThat(c.has("sent")).isFalse();
            assertThat(report.chunks()).isEmpty();
        }
        if (c.has("rejects")) {
            assertThat(outcome.rejects()).isEqualTo(text(c.bytes("rejects")));
        }
    }

    @Test
    void theCatalogueIsReadWhole() {
        assertThat(Catalogue.read()).hasSizeGreaterThan(150);
        assertThat(Catalogue.unescape("a\\n\\x41\\u00FC\\{xy*2}\\\\"))
                .isEqualTo("a\nA\u00fcxyxy\\".getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> expectedProblems(Case c) {
        List<String> expected = new ArrayList<>(c.words("rows"));
        expected.addAll(c.words("refused"));
        return expected;
    }

    private static List<String> problems(CheckReport report) {
        assertThat(report.problemsTotal()).isEqualTo(report.problems().size());
        return report.problems().stream().map(CsvCatalogueTest::mark).toList();
    }

    private static String mark(Problem problem) {
        return problem.code() + "@" + problem.line();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
