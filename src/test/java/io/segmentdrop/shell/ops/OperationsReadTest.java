package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations can read: drops, imports, health and metrics. */
class OperationsReadTest extends OperationsServer {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Test
    void showsEachDropWithWhatWaitsInIt() {
        write("quiet", "alone.csv", "email\n");
        await(() -> assertThat(drop("quiet").path("waitingTotal").intValue()).isEqualTo(1));

        JsonNode quiet = drop("quiet");
        assertThat(quiet.path("from").textValue()).isEqualTo("file:" + FOLDER.resolve("quiet"));
        assertThat(quiet.path("state").textValue()).isEqualTo("open");
        assertThat(quiet.path("lastScan").textValue()).matches(TIME);
        JsonNode waiting = quiet.path("waiting").path(0);
        assertThat(waiting.path("name").textValue()).isEqualTo("alone.csv");
        assertThat(waiting.path("code").textValue()).isEqualTo("WAIT_SIDECAR");
        assertThat(waiting.path("reason").textValue()).isEqualTo("the CSV waits for its sidecar");
        assertThat(waiting.path("since").textValue()).matches(TIME);
        assertThat(waiting.path("next").textValue()).isEqualTo("drop the sidecar");
        assertThat(quiet.path("imports").path("delivered").isIntegralNumber()).isTrue();
    }

    @Test
    void aFolderThatCannotBeReadClosesItsDropAndMakesNothingElseUnready() {
        await(() -> assertThat(drop("gone").path("state").textValue()).isEqualTo("closed"));

        assertThat(drop("gone").path("code").textValue()).isEqualTo("SRC_DIR_MISSING");
        assertThat(drop("gone").path("reason").textValue())
                .startsWith("expected to read the folder " + FOLDER.resolve("gone") + ", found ");
        HttpResponse<String> drops = get("/actuator/health/drops");
        assertThat(drops.statusCode()).isEqualTo(503);
        JsonNode gone = json(drops).path("details").path("gone");
        assertThat(gone.path("code").textValue()).isEqualTo("SRC_DIR_MISSING");
        assertThat(gone.path("next").textValue()).isNotBlank();
        assertThat(json(drops).path("details").path("acme").path("state").textValue())
                .isEqualTo("open");
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
        for (String probe : List.of("liveness", "readiness")) {
            HttpResponse<String> answer = send(anonymous("/actuator/health/" + probe));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void showsEveryRouteAndTheGates() {
        JsonNode routes = json(get("/actuator/health/routes"));

        assertThat(routes.path("status").textValue()).isEqualTo("UP");
        List<String> names = new ArrayList<>();
        routes.path("details").fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .contains("check", "send", "api", "settle", "receipt", "notify", "rejected-rows", "rejects-export");
        assertThat(routes.path("details").path("check").textValue()).isEqualTo("started");
        assertThat(names.stream().filter(name -> name.contains("acme"))).hasSize(1);
        assertThat(get("/actuator/health/api").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/own").body()).contains("\"ledger\":\"writable\",\"home\":\"writable\"");
    }

    @Test
    void showsAllThatIsKnownOfAnImport() {
        drop("acme", "whole.csv", 3, "\"segment\": 100, \"requestId\": \"r-1\"");
        JsonNode line = awaitImport("whole.csv", "delivered");
        JsonNode whole = whole(line.path("import").textValue());

        assertThat(whole.path("schema").textValue()).isEqualTo("segment-drop/receipt/1");
        assertThat(whole.path("rows").toString()).isEqualTo("{\"read\":3,\"sent\":3,\"rejected\":0}");
        assertThat(whole.path("lane").textValue()).isEqualTo("100");
        assertThat(whole.path("resendClass").textValue()).isEqualTo("SAFE");
        assertThat(whole.path("receivedAt").textValue()).matches(TIME);
        awaitSettled(line.path("import").textValue());
        String folder = whole(line.path("import").textValue()).path("folder").textValue();
        assertThat(folder).startsWith("archive/acme/20");
        assertThat(FOLDER.resolve("home").resolve(folder).resolve("source.csv")).exists();
        JsonNode chunk = whole.path("chunks").path(1);
        assertThat(chunk.path("number").intValue()).isEqualTo(2);
        assertThat(chunk.path("rows").intValue()).isEqualTo(1);
        assertThat(chunk.path("bytes").intValue()).isEqualTo("email\nrow3@example.com\n".length());
        assertThat(chunk.path("state").textValue()).isEqualTo("accepted");
        JsonNode attempt = whole.path("attempts").path(0);
        assertThat(attempt.path("outcome").textValue()).isEqualTo("accepted");
        assertThat(attempt.path("status").intValue()).isEqualTo(201);
        assertThat(attempt.path("endedAt").textValue()).matches(TIME);
        assertThat(whole.path("events").path(0).path("kind").textValue()).isEqualTo("taken");
        assertThat(whole.path("events").path(0).path("actor").textValue()).isEqualTo("segment-drop");
        assertThat(whole.toString()).doesNotContain("row1@", "key\"");
        assertThat(line.path("chunks").intValue()).isEqualTo(2);
        assertThat(line.path("chunksAccepted").intValue()).isEqualTo(2);
    }

    @Test
    void listsImportsTheNewestFirstPageByPage() {
        for (int i = 1; i <= 3; i++) {
            drop("acme", "page-" + i + ".csv", 1, "\"segment\": 101, \"x-n\": " + i);
            awaitImport("page-" + i + ".csv", i == 1 ? "delivered" : "duplicate");
        }

        JsonNode first = ok(get("/api/imports?q=page-&limit=2"));
        assertThat(files(first)).containsExactly("page-3.csv", "page-2.csv");
        JsonNode second = ok(
                get("/api/imports?q=PAGE-&limit=2&before=" + first.path("next").textValue()));
        assertThat(files(second)).containsExactly("page-1.csv");
        assertThat(second.has("next")).isFalse();
        assertThat(files(ok(get("/api/imports?q=page-&state=delivered&drop=acme"))))
                .containsExactly("page-1.csv");
        assertThat(files(ok(get("/api/imports?q=page-&state=DUPLICATE&drop=")))).hasSize(2);
        assertThat(files(ok(get("/api/imports?drop=nobody")))).isEmpty();
    }

    private static List<String> files(JsonNode list) {
        List<String> files = new ArrayList<>();
        list.path("imports").forEach(one -> files.add(one.path("file").textValue()));
        return files;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        state=done  | expected state to be one of received, waiting, held, delivered, rejected, undeliverable, duplicate, checked, discarded, found "done"
        limit=0     | expected limit to be 1 to 200, found "0"
        limit=201   | expected limit to be 1 to 200, found "201"
        limit=1e1   | expected limit to be 1 to 200, found "1e1"
        before=-1   | expected before to be the next of an earlier answer, found "-1"
        stat=held   | expected the parameters state, drop, q, before, limit, found "stat"
        """)
    void aParameterThatIsNotUnderstoodIsRefused(String query, String problem) {
        assertThat(problem(get("/api/imports?" + query), 400)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01JD", "01JDZZZZZZZZZZZZZZZZZZZZZZ", "null"})
    void anUnknownImportIsNotFound(String id) {
        HttpResponse<String> answer = get("/api/imports/" + id);

        assertThat(problem(answer, 404)).isEqualTo("expected the id of an import, found \"" + id + "\"");
        assertThat(json(answer).path("expected").textValue()).isEqualTo("the id of an import");
        assertThat(json(answer).path("found").textValue()).isEqualTo("\"" + id + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/drops",
                "/api/imports",
                "/api/imports/x",
                "/actuator/health",
                "/actuator/health/drops",
                "/actuator/health/api",
                "/actuator/health/routes",
                "/actuator/health/own",
                "/actuator/prometheus"
            })
    void whoIsNotSignedInReadsNothing(String path) {
        assertThat(send(anonymous(path)).statusCode()).isEqualTo(401);
    }

    @Test
    void theMetricsSayHowThingsStand() {
        drop("acme", "counted.csv", 1, "\"segment\": 102");
        awaitImport("counted.csv", "delivered");
        await(() -> assertThat(send(request("/actuator/prometheus").setHeader("Accept", "text/plain"))
                        .body())
                .containsPattern("segment_drop_imports_total\\{drop=\"acme\",state=\"delivered\"} [1-9]")
                .contains("segment_drop_imports_total{drop=\"gone\",state=\"rejected\"} 0.0")
                .containsPattern("segment_drop_rows_total\\{drop=\"acme\",kind=\"sent\"} [1-9]")
                .containsPattern("segment_drop_attempts_seconds_count\\{outcome=\"accepted\"} [1-9]")
                .containsPattern("segment_drop_imports_current\\{drop=\"acme\",state=\"delivered\"} [1-9]")
                .contains(
                        "segment_drop_imports_oldest_seconds{drop=\"acme\",state=\"held\"} ",
                        "segment_drop_waiting_files{drop=\"acme\"} ",
                        "segment_drop_waiting_oldest_seconds{drop=\"quiet\"} ",
                        "segment_drop_gate_closed{gate=\"api\"} 0.0",
                        "segment_drop_gate_closed{gate=\"credential\"} 0.0",
                        "segment_drop_gate_closed{gate=\"drop:gone\"} 0.0"));
    }

    private JsonNode drop(String name) {
        for (JsonNode drop : ok(get("/api/drops")).path("drops")) {
            if (drop.path("name").textValue().equals(name)) {
                return drop;
            }
        }
        throw new AssertionError("no drop " + name);
    }
}
