package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.check.Checks.Outcome;
import io.segmentdrop.core.check.CsvCheck.Pace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Taking plain rows in runs finds and sends exactly what asking every rule about every row does, wherever a piece of the
 * file ends: on the catalogue, on the samples, on files made from fixed seeds and on files with accidents.
 */
class SamePaceTest {

    private static final int[] SIZES = {1, 2, 3, 7, 64, 100, 65536};

    private static final List<String> RULES = List.of(
            "ratio=1",
            "ratio=0.3 chunkRows=3 chunkBytes=150",
            "clear",
            "suppression=md5",
            "suppression=md5 hash",
            "rejectNewlines rejectUnknown",
            "allowTagReplace allowedTags=VIP;News",
            "columns=varr_city>email");

    private static void isTheSame(byte[] source, String rules, int readSize) {
        CheckRules held = Checks.rules(rules, source);
        Outcome oneByOne = Checks.run(source, held, 65536, Pace.ROW_BY_ROW);
        Outcome inRuns = Checks.run(source, held, readSize, Pace.PLAIN_ROWS_IN_RUNS);

        assertThat(comparable(inRuns))
                .as(() -> rules + ", pieces of " + readSize + ":\n" + new String(source, StandardCharsets.UTF_8))
                .isEqualTo(comparable(oneByOne));
    }

    /** How far a refused file was read is no finding. */
    private static Outcome comparable(Outcome outcome) {
        CheckReport found = outcome.report();
        CheckReport report = found.refused() == null
                ? found
                : new CheckReport(
                        found.refused(),
                        found.problems(),
                        found.problemsTotal(),
                        found.warnings(),
                        found.rowsRead(),
                        found.rowsRejected(),
                        0,
                        found.sourceSha256(),
                        found.header(),
                        found.columns(),
                        found.chunks(),
                        found.cleanFile(),
                        found.tagReplaceColumns());
        return new Outcome(report, outcome.clean(), outcome.rejects());
    }

    static Stream<Catalogue.Case> cases() {
        return Catalogue.read().stream().filter(c -> !c.has("sizes"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onTheCatalogue(Catalogue.Case c) {
        IntStream.of(SIZES).forEach(size -> isTheSame(c.bytes("in"), c.text("rules"), size));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onTheCatalogueAmongPlainRows(Catalogue.Case c) {
        byte[] once = c.bytes("in");
        String plain = "someone.else@example.com,x\n".repeat(5);
        byte[] source = (text(once) + "\n" + plain + text(once)).getBytes(StandardCharsets.UTF_8);
        IntStream.of(64, 65536).forEach(size -> isTheSame(source, c.text("rules"), size));
    }

    @Test
    void onTheSamples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("inbox-samples"))) {
            List<Path> samples =
                    files.filter(file -> file.toString().endsWith(".csv")).toList();
            assertThat(samples).hasSizeGreaterThan(10);
            for (Path sample : samples) {
                byte[] source = Files.readAllBytes(sample);
                IntStream.of(SIZES).forEach(size -> RULES.forEach(rules -> isTheSame(source, rules, size)));
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onFilesInAllForms(long seed) {
        byte[] source = new CsvModel(seed).text.getBytes(StandardCharsets.UTF_8);
        IntStream.of(SIZES).forEach(size -> isTheSame(source, RULES.get((int) seed % 2), size));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onFilesOfMostlyPlainRows(long seed) {
        byte[] source = new PlainModel(seed).text.getBytes(StandardCharsets.UTF_8);
        IntStream.of(SIZES).forEach(size -> isTheSame(source, RULES.get((int) seed % RULES.size()), size));
    }

    /** Files of both kinds in which some bytes were put in, left out or changed, with the same accidents on every run. */
    @Test
    void onFilesWithAccidents() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 3_000; i++) {
            String text = i % 3 == 0 ? new CsvModel(i).text : new PlainModel(i).text;
            byte[] source = Accidents.in(text.getBytes(StandardCharsets.UTF_8), random);
            int size = SIZES[3 + random.nextInt(SIZES.length - 3)];
            isTheSame(source, RULES.get(random.nextInt(RULES.size())), size);
        }
    }

    @Test
    void onPlainRowsOfEveryLength() {
        StringBuilder file = new StringBuilder("email,varr_a,varr_b\n");
        for (int length = 0; length < 300; length++) {
            file.append("a@b.co,").append("x".repeat(length)).append(",\"").append(",".repeat(length % 70));
            file.append("\"\n");
        }
        byte[] source = file.toString().getBytes(StandardCharsets.UTF_8);
        IntStream.range(60, 140).forEach(size -> isTheSame(source, "chunkRows=7 chunkBytes=900", size));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes are sorted in stretches; each byte of these rows stands once at the end of one. */
    @Test
    void onRowsOfEveryKindWhereAStretchEnds() {
        String rows = "a.b@example.co,one,two\n\"c@d.ef\",\"x, \"\"y\"\"\",\ng@h.ij,\"first\nsecond\",\"\"\n"
                + "k@l.mn,\u00e9t\u00e9,\"\u00fc,\"\nwrong.example.com,p,q\n";
        int stretches = 2 * ByteKinds.STRETCH;
        for (int pad = 0; pad < rows.length() + 8; pad++) {
            String file = "email,varr_a,varr_b\nr@s.tu," + "v".repeat(pad) + ",\n"
                    + rows.repeat(1 + stretches / rows.length());
            isTheSame(file.getBytes(StandardCharsets.UTF_8), "ratio=1", 65536);
        }
    }
}
