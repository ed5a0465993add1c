package io.segmentdrop.core.drop;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.drop.Entry.Kind;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    static List<Arguments> catalogue() {
        return Listings.table("names.judge.txt");
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @MethodSource("catalogue")
    void judgesAsTheCatalogueSays(String number, String name, String code) {
        Problem problem = Names.judge(Listings.unescape(name));

        assertThat(problem == null ? "-" : problem.code().name()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../x.csv | expected a plain file name, found a path; use a plain file name",
                "a\\u202Eb.csv | expected a plain file name, found U+202E as character 2; use a plain file name",
                "\\uD83D\\uDE00\\uDB40\\uDC41.csv"
                        + " | expected a plain file name, found U+E0041 as character 2; use a plain file name",
                "con.csv | expected a plain file name, found a name that Windows reserves; use another name",
                "x. | expected a plain file name, found a dot or a space at its end; use another name"
            })
    void saysWhatWasFoundWithoutTheNameItself(String name, String message) {
        assertThat(Names.judge(Listings.unescape(name))).isNotNull().returns(message, Problem::message);
    }

    /** 221: as long as a file system allows is no fault. */
    @Test
    void countsTheBytesOfANameNotItsCharacters() {
        assertThat(Names.judge("é".repeat(125) + "x.csv")).isNull();
        assertThat(Names.judge("é".repeat(126) + ".csv"))
                .isEqualTo(Problem.of(Code.NAME_TOO_LONG, "expected at most 255 bytes, found 256; use a shorter name"));
    }

    @ParameterizedTest
    @CsvSource({
        "FILE, 1, ",
        "FILE, 2, 'expected a file with one name, found 2 names (hard links); drop a copy'",
        "LINK, 1, 'expected a regular file, found a symbolic link; it was not opened'",
        "OTHER, 1, 'expected a regular file, found no regular file; it was not opened'",
        "DIRECTORY, 1, 'expected a regular file, found no regular file; it was not opened'"
    })
    void judgesTheKind(Kind kind, int links, String message) {
        Problem problem = Names.judge(new Entry("x.csv", kind, 0, 0, "1", links, 0));

        assertThat(problem == null ? null : problem.message()).isEqualTo(message);
    }

    @Test
    void judgesTheNameBeforeTheKind() {
        assertThat(Names.judge(Listings.entry("a\tb.csv", Kind.LINK)))
                .isNotNull()
                .returns(Code.NAME_CONTROL_CHAR, Problem::code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vips.csv | vips.csv.receipt.json",
                "a b<i>.csv | a b<i>.csv.receipt.json",
                "../x.csv | .._x.csv.receipt.json",
                "a\\u000D\\u000Ab\\u202Ec\\u200Bd\\uFFFDe\\uD800.csv | a__b_c_d_e_.csv.receipt.json",
                "\\uD83D\\uDE00.csv | \\uD83D\\uDE00.csv.receipt.json"
            })
    void writesAReceiptNameThatIsSafe(String csvName, String receiptName) {
        assertThat(Names.receiptName(Listings.unescape(csvName))).isEqualTo(Listings.unescape(receiptName));
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        String name = Names.rejectsName("\uD83D\uDE00".repeat(63) + ".csv");

        assertThat(name).isEqualTo("\uD83D\uDE00".repeat(60) + ".rejects.csv");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Names.MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "\0", "/", "\uDC00", "\uFFFD\uFFFD", "\uFEFFx.csv", "x\\y", "a\u2029b"})
    void writesOnlyNamesThatItWouldItselfAccept(String csvName) {
        assertThat(Names.judge(Names.receiptName(csvName))).isNull();
        assertThat(Names.judge(Names.rejectsName(csvName))).isNull();
    }

    @Test
    void showsATextWithoutWhatSteersOrHides() {
        assertThat(Names.shown("a/b\\c \u001B[31m\u202Ed\u200B\uFFFD é")).isEqualTo("a/b\\c _[31m_d__ é");
    }

    @ParameterizedTest
    @CsvSource({"x.csv, true", "x.CSV, true", ".csv, true", "x.csv.json, false", "xcsv, false", "csv, false"})
    void knowsACsvByItsExtension(String name, boolean csv) {
        assertThat(Names.isCsv(name)).isEqualTo(csv);
    }
}
