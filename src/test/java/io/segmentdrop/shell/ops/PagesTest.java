package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages over HTTP: who may do what, and what is shown to whom. */
class PagesTest extends OperationsServer {

    private static final String VIEWER = "vera:looks";
    private static final String OPERATOR = "alice:s3cret";

    @ParameterizedTest
    @CsvSource({
        "GET, /act?do=discard&id=none, 404",
        "POST, /act?do=discard&id=none, 404",
        "GET, /drops/none/pause, 404",
        "POST, /drops/none/pause, 404",
        "POST, /drops/none/resume, 404",
        "GET, /imports/none/files/source.csv, 404",
        "POST, /api/imports/none/release, 404",
        "POST, /api/imports/none/replay, 404",
        "POST, /api/imports/none/discard, 404",
        "POST, /api/drops/none/pause, 404",
        "POST, /api/drops/none/resume, 404"
    })
    void onlyAnOperatorGetsAsFarAsAnAction(String method, String path, int operator) {
        assertThat(status(method, path, VIEWER)).isEqualTo(403);
        assertThat(status(method, path, OPERATOR)).isEqualTo(operator);
    }

    @ParameterizedTest
    @CsvSource({"/", "/imports", "/attention", "/api/drops", "/api/imports", "/api/overview", "/api/attention"})
    void aViewerSeesWhatThereIs(String path) {
        assertThat(status("GET", path, VIEWER)).isEqualTo(200);
    }

    @Test
    void aViewerIsOfferedNothingToDo() {
        String id = rejected("for-viewers.csv");

        for (String path : new String[] {"/", "/imports/" + id, "/attention"}) {
            assertThat(page(path, VIEWER).body())
                    .as(path)
                    .contains("viewer")
                    .doesNotContain("href=\"/act", "/pause\"", "/files/");
            assertThat(page(path, OPERATOR).body())
                    .as(path)
                    .contains("operator")
                    .containsPattern("href=\"/(act|drops/)");
        }
    }

    @Test
    void rejectedRowsAreShownWithoutTheirValues() {
        write("acme", "masked.csv.json", "{\"clear\": false, \"segment\": 129}");
        write("acme", "masked.csv", "email,varr_town\n" + "a@example.com,Ulm\n".repeat(40) + "not-Ann-9,Überlingen\n");
        String id = awaitImport("masked.csv", "delivered").path("import").textValue();
        awaitSettled(id);

        assertThat(page("/imports/" + id, OPERATOR).body())
                .contains("xxx-xxx-9", "EMAIL_INVALID", "varr_town")
                .doesNotContain("not-Ann", "berlingen", "Ulm");
    }

    @Test
    void allRejectedRowsAreExportedAsCsvToAnOperatorAndRecorded() {
        write("acme", "export.csv.json", "{\"clear\": false, \"segment\": 129}");
        write(
                "acme",
                "export.csv",
                "email,varr_town\n" + "a@example.com,Ulm\n".repeat(4000)
                        + "not-Ann,\"\u00dcber,lingen\"\n".repeat(120));
        String id = awaitImport("export.csv", "delivered").path("import").textValue();
        awaitSettled(id);

        HttpResponse<String> answer = get("/api/imports/" + id + "/rejects");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + id + "-rejects.csv\"");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(121);
        assertThat(lines.getFirst()).isEqualTo("email,varr_town,_line,_code,_reason");
        assertThat(lines.getLast()).startsWith("not-Ann,\"\u00dcber,lingen\",4121,EMAIL_INVALID,");
        assertThat(whole(id).path("events").toString()).contains("\"downloaded\"", "\"rejects.csv\"", "\"alice\"");
        assertThat(page("/imports/" + id, OPERATOR).body()).contains("/api/imports/" + id + "/rejects");
        assertThat(page("/api/imports/" + id + "/rejects", VIEWER).statusCode()).isEqualTo(403);
        assertThat(get("/api/imports/" + rejected("without-rejects.csv") + "/rejects")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDownloadIsSavedAndRecordedButNeverShown() {
        String id = rejected("taken-away.csv");

        HttpResponse<String> answer = get("/imports/" + id + "/files/source.csv");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("email\n");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + id + "-source.csv\"");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(whole(id).path("events").toString()).contains("\"downloaded\"", "\"source.csv\"", "\"alice\"");
        assertThat(get("/imports/" + id + "/files/receipt.json").body()).contains("\"rejected\"");
        assertThat(get("/imports/" + id + "/files/reason.json").body()).contains("POLICY_SEGMENT_FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource({"manifest.json", "..%2Fledger.db", "clean.csv", "ledger.db", "%2e%2e"})
    void onlyFilesOfTheListAreHandedOut(String name) {
        String id = rejected("nothing-else-" + Integer.toHexString(name.hashCode()) + ".csv");

        assertThat(get("/imports/" + id + "/files/" + name).statusCode()).isBetween(400, 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /imports/none          | 404 | Expected the id of an import, found "none".
        /imports?state=closed  | 400 | Expected state to be one of received,
        /imports?sate=held     | 400 | Expected the parameters state, drop, q, before, limit, found "sate".
        /act?do=burn&id=x      | 400 | Expected do to be one of release,
        /attention/more        | 404 | Expected the address of a page
        """)
    void aPageThatIsNoneSaysWhatIsExpected(String path, int status, String text) {
        HttpResponse<String> answer = page(path, OPERATOR);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text, "To the overview");
    }

    @Test
    void allOfACauseAreActedUponAtOnce() {
        write("acme", "one.csv.json", "{\"claer\": false, \"segment\": 127}");
        write("acme", "one.csv", "email\na@example.com\n");
        write("acme", "two.csv.json", "{\"claer\": false, \"segment\": 127}");
        write("acme", "two.csv", "email\nb@example.com\n");
        String one = awaitImport("one.csv", "rejected").path("import").textValue();
        String two = awaitImport("two.csv", "rejected").path("import").textValue();
        awaitSettled(one);
        awaitSettled(two);

        String preview = page("/act?do=replay-all&state=rejected&code=SIDE_UNKNOWN_KEY", OPERATOR)
                .body();
        assertThat(preview)
                .contains("2 imports", "is checked anew", "name=\"id\" value=\"" + one + "\"", "value=\"" + two + "\"");
        String form = "/act?do=replay-all&id=" + one + "&id=" + two;
        assertThat(posted(form)).contains("Replay all: done");

        for (String id : new String[] {one, two}) {
            await(() -> assertThat(whole(id).path("replays")).hasSize(1));
            awaitState(whole(id).path("replays").path(0).textValue(), "rejected");
        }
    }

    @Test
    void whatALaterReplayDeliveredNeedsABoxOfItsOwn() {
        API.forSegment(126, Fault.answer(422, "{}"));
        drop("acme", "boxed.csv", 1, "\"segment\": 126");
        String first = awaitImport("boxed.csv", "undeliverable").path("import").textValue();
        awaitSettled(first);
        assertThat(page("/act?do=replay-rest&id=" + first, OPERATOR).body())
                .doesNotContain("were delivered by", "name=\"confirm\"");
        posted("/act?do=replay-rest&id=" + first);
        String replay = whole(first).path("replays").path(0).textValue();
        awaitState(replay, "delivered");

        assertThat(page("/act?do=replay-rest&id=" + first, OPERATOR).body())
                .contains("nothing is sent", "found import " + replay + ", which delivered them");
        assertThat(page("/act?do=replay-all&id=" + first, OPERATOR).body())
                .contains("its rows were delivered by import", "name=\"confirm\" value=\"" + replay + "\"");
        assertThat(posted("/act?do=replay-all&id=" + first)).contains("Not done", replay);
        assertThat(API.account().applied(126)).hasSize(1);

        assertThat(posted("/act?do=replay-all&id=" + first + "&confirm=" + replay))
                .contains("Replay all: done");
        await(() -> assertThat(API.account().applied(126)).hasSize(2));
    }

    private String posted(String path) {
        return send(request(path, OPERATOR).setHeader("Accept", "text/html").POST(BodyPublishers.noBody()))
                .body();
    }

    private String rejected(String file) {
        drop("acme", file, 1, "\"segment\": 99999");
        String id = awaitImport(file, "rejected").path("import").textValue();
        awaitSettled(id);
        return id;
    }

    private int status(String method, String path, String credentials) {
        return send(request(path, credentials).setHeader("Accept", "*/*").method(method, BodyPublishers.noBody()))
                .statusCode();
    }

    private HttpResponse<String> page(String path, String credentials) {
        return send(request(path, credentials).setHeader("Accept", "text/html"));
    }
}
