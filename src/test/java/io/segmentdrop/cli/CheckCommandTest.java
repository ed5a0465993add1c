package io.segmentdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    private static final String GOOD = "email,varr_city\na@example.com,Oslo\nb@example.com,Rome\n";
    private static final String SIDECAR = "{\"segment\": 7, \"clear\": false}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysThatAPairIsClean() throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", SIDECAR);

        assertThat(run("vips.csv")).isZero();
        assertThat(out).hasToString("vips.csv: clean, 2 rows in 1 chunk\n");
        assertThat(err).hasToString("");
    }

    @Test
    void namesEachRejectedRow() throws IOException {
        write("vips.csv", "email\n" + "a@example.com\n".repeat(30) + "nobody\n");
        write("vips.json", SIDECAR);

        assertThat(run("vips.csv")).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("line 32, email: expected ")
                .endsWith("(EMAIL_INVALID)")
                .doesNotContain("nobody");
        assertThat(out).asString().endsWith("vips.csv: 1 of 31 rows refused; would be sent: 30 rows in 1 chunk\n");
    }

    @Test
    void refusesAFileAsAWhole() throws IOException {
        write("vips.csv", "name,email\nA,a@example.com\n");
        write("vips.csv.json", SIDECAR);

        assertThat(run("vips.csv")).isEqualTo(2);
        assertThat(out)
                .asString()
                .contains("(CSV_EMAIL_NOT_FIRST)\n")
                .endsWith("vips.csv: refused, nothing would be sent\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"segment\": 7, \"claer\": true} | SIDE_UNKNOWN_KEY",
                "{\"segment\": 7} | SIDE_CLEAR_REQUIRED",
                "{\"segment\": 7, \"clear\": true, \"sourcePartner\": 3} | SIDE_CAMPAIGN_WITHOUT_STATUS",
                "{\"segment\": 7, \"clear\": false, \"file\": \"other.csv\"} | SIDE_FILE_MISMATCH",
                "{\"segment\": 7, \"clear\": false, \"bytes\": 1} | CSV_SIZE_MISMATCH",
                "{\"segment\": 7, \"clear\": false, \"rows\": 1} | CSV_ROWCOUNT_MISMATCH",
                "[] | SIDE_NOT_OBJECT"
            })
    void refusesForTheSidecar(String sidecar, String code) throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", sidecar);

        assertThat(run("vips.csv")).isEqualTo(2);
        assertThat(out).asString().contains("(" + code + ")\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"segment\": 7, \"clear\": true}",
                "{\"segment\": 7, \"clear\": false, \"replaceTags\": true, \"tagsToAdd\": [1]}",
                "{\"segment\": 7, \"clear\": false, \"suppressFunnelEvents\": true}",
                "{\"segment\": 7, \"clear\": false, \"createSmsAddons\": true, \"smsPhoneVariable\": 4}",
                "{\"segment\": {\"create\": {\"name\": \"n\", \"description\": \"d\", \"publicationId\": 1}},"
                        + " \"clear\": false}"
            })
    void allowsEverythingWithoutADrop(String sidecar) throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", sidecar);

        assertThat(run("vips.csv")).as(out.toString()).isZero();
    }

    @Test
    void checksASuppressionList() throws IOException {
        write("stop.csv", "email\n" + "0".repeat(31) + "f\n");
        write("stop.csv.json", "{\"segment\": 7, \"clear\": false, \"suppression\": \"md5\"}");

        assertThat(run("stop.csv")).as(out.toString()).isZero();
    }

    @Test
    void holdsAPairAgainstItsDrop() throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", SIDECAR);
        write("other.json", "{\"segment\": 8, \"clear\": false}");

        assertThat(run("vips.csv", "--drop", "acme")).isZero();
        assertThat(run("vips.csv", "--drop", "acme", "--sidecar", path("other.json")))
                .isEqualTo(2);
        assertThat(out).asString().contains("(POLICY_SEGMENT_FORBIDDEN)\n");
    }

    @Test
    void checksACsvWithoutASidecar() throws IOException {
        write("vips.csv", GOOD);

        assertThat(run("vips.csv")).isZero();
        assertThat(err).hasToString("no sidecar: only the CSV is checked, for an import that does not clear\n");
    }

    @Test
    void doesNotGuessBetweenTwoSidecars() throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", SIDECAR);
        write("vips.json", SIDECAR);

        assertThat(run("vips.csv")).isEqualTo(2);
        assertThat(out)
                .asString()
                .startsWith("more than one file could be the sidecar")
                .contains("(SIDE_AMBIGUOUS)\n");
        assertThat(run("vips.csv", "--sidecar", path("vips.json")))
                .as("but may be told")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"aux.csv, NAME_RESERVED", ".vips.csv, NAME_IGNORED_TEMP", "a\u001Bb.csv, NAME_CONTROL_CHAR"})
    void judgesTheName(String name, String code) throws IOException {
        write(name, GOOD);

        assertThat(run(name)).isEqualTo(2);
        assertThat(out).asString().contains("(" + code + ")\n").doesNotContain("\u001B");
    }

    @Test
    void opensNoFolder() throws IOException {
        Files.createDirectory(folder.resolve("x.csv"));

        assertThat(run("x.csv")).isEqualTo(2);
        assertThat(out).asString().contains("(NAME_NOT_REGULAR_FILE)\n");
    }

    @Test
    void answersInJson() throws IOException {
        write("vips.csv", "email\n" + "a@example.com\n".repeat(30) + "nobody\n\n");
        write("vips.csv.json", SIDECAR);

        assertThat(run("vips.csv", "--json", "--drop", "acme")).isEqualTo(1);
        assertThat(out.toString().replaceAll("\"message\" : \"expected .*\"", "\"message\" : \"…\""))
                .isEqualTo("""
                    {
                      "schema" : "segment-drop/check/1",
                      "verdict" : "rows-rejected",
                      "file" : "vips.csv",
                      "sidecar" : "vips.csv.json",
                      "drop" : "acme",
                      "sha256" : "44fd163e523f4f65fc74535fb3b1e3111203a602fb51f6b1e9392c6c863506b1",
                      "rows" : {
                        "read" : 31,
                        "planned" : 30,
                        "rejected" : 1
                      },
                      "chunks" : [ {
                        "number" : 1,
                        "rows" : 30,
                        "bytes" : 420
                      } ],
                      "problems" : [ {
                        "code" : "EMAIL_INVALID",
                        "line" : 32,
                        "column" : "email",
                        "message" : "…"
                      } ],
                      "problemsShown" : 1,
                      "problemsTotal" : 1,
                      "warnings" : [ {
                        "code" : "CSV_BLANK_LINES",
                        "line" : 33,
                        "message" : "blank lines were skipped"
                      } ]
                    }
                    """);
    }

    @Test
    void answersARefusedSidecarInJson() throws IOException {
        write("vips.csv", GOOD);
        write("vips.csv.json", "{}");

        assertThat(run("vips.csv", "--json")).isEqualTo(2);
        assertThat(out)
                .asString()
                .contains("\"verdict\" : \"file-rejected\"", "\"sha256\" : null", "\"drop\" : null")
                .contains("\"column\" : \"segment\"", "\"problemsTotal\" : 2");
    }

    @Test
    void escapesInJsonWhatSteersATerminal() {
        Question question = new Question(Path.of("vips.csv"), null, null, null);
        Problem problem = Problem.in(Code.CSV_HEADER_INVALID, "é\u202E\u001B\u009B", "expected a name, found another");

        assertThat(AnswerJson.of(Answer.refused(question, null, List.of(problem), List.of())))
                .contains("\"column\" : \"\\u00E9\\u202E\\u001B\\u009B\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "vips.txt | - | expected a CSV, named *.csv, found vips.txt",
                "gone.csv | - | expected a file, found nothing at $gone.csv",
                "vips.csv | --sidecar=$gone.json | expected a file, found nothing at $gone.json",
                "vips.csv | --drop=nobody | expected one of acme for --drop, found nobody",
                "vips.csv | --jsn | Unknown option: '--jsn'",
                "vips.csv | $other.csv | Unmatched argument at index 2"
            })
    void saysWhatIsWrongWithTheCall(String csv, @Nullable String second, String message) throws IOException {
        write("vips.csv", GOOD);
        write("vips.txt", GOOD);

        String[] more = second == null ? new String[0] : new String[] {second.replace("$", path(""))};
        assertThat(run(csv, more)).isEqualTo(64);
        assertThat(out).hasToString("");
        assertThat(err).asString().startsWith(message.replace("$", path("")));
    }

    @Test
    void saysHowToCallIt() {
        assertThat(CheckCommand.run(CheckCommandTest::drop, printer(out), printer(err), "check"))
                .isEqualTo(64);
        assertThat(err).asString().contains("Missing required parameter", "FILE.csv", "--sidecar=FILE.json");
        assertThat(CheckCommand.run(CheckCommandTest::drop, printer(out), printer(err), "check", "--help"))
                .isZero();
        assertThat(out).asString().contains("Checks a CSV and its sidecar", "--drop=NAME", "2: file rejected");
    }

    @Test
    void doesNotTakeASidecarThatCannotBeReadForAnAnswer() throws IOException {
        write("vips.csv", GOOD);
        Files.createDirectory(folder.resolve("vips.csv.d"));

        assertThat(run("vips.csv", "--sidecar", path("vips.csv.d"))).isEqualTo(CheckCommand.FAULT);
        assertThat(out).hasToString("");
        assertThat(err).asString().startsWith("a file cannot be read: ").endsWith("; nothing was answered\n");
    }

    @Test
    void leavesTheFolderAsItWas() throws IOException {
        write("vips.csv", "email\nnobody\n");
        write("vips.csv.json", SIDECAR);

        run("vips.csv");

        assertThat(folder)
                .isDirectoryNotContaining(file -> !file.getFileName().toString().startsWith("vips.csv"));
        assertThat(folder.resolve("vips.csv")).hasContent("email\nnobody\n");
    }

    @ParameterizedTest
    @CsvSource({"check, true", "--spring.profiles.active=sandbox, false", "'', false"})
    void knowsWhatIsMeantForIt(String first, boolean meant) {
        assertThat(CheckCommand.isMeant(first, "x.csv")).isEqualTo(meant);
        assertThat(CheckCommand.isMeant()).isFalse();
    }

    private static ConfiguredDrop drop(String name) {
        if (!name.equals("acme")) {
            throw new IllegalArgumentException("expected one of acme for --drop, found " + name);
        }
        DropPolicy policy = new DropPolicy(
                List.of(new SegmentPolicy(7, null, "7", false)),
                false,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                RequireProof.CLEAR,
                Settings.EMPTY);
        return new ConfiguredDrop(policy, new FieldNames(Map.of()), CheckSettings.DEFAULTS);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String path(String name) {
        return name.isEmpty() ? folder + "/" : folder.resolve(name).toString();
    }

    private int run(String csv, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "check";
        arguments[1] = path(csv);
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CheckCommand.run(CheckCommandTest::drop, printer(out), printer(err), arguments);
    }

    private static PrintWriter printer(StringWriter text) {
        return new PrintWriter(text);
    }
}
