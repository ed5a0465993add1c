package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.RecordingApi;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operations see and hear of the real jar: structured logs, traces, health and notices, the latter through the webhook
 * that the README shows.
 */
class OperationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static StandInApi api;
    private static RecordingApi outside;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        outside = RecordingApi.start();
        server = Server.start(Server.Setup.of(folder, api.uri())
                .with("segment-drop.routes", "'" + routes() + "'")
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "300ms")
                .with(
                        "segment-drop.traces.endpoint",
                        outside.uri().resolve("/v1/traces").toString())
                .with("logging.structured.format.console", "ecs")
                .drop("acme", "[{id: 1}, {id: 2}, {id: 3}, {id: 4}]")
                .drop("late", "[{id: 9}]")
                .drop("late", "expect", "{by: \"00:00\", days: MON-SUN, files: 1000}"));
    }

    /** The routes, with the webhook of the README at the end of {@code 60-notify}. */
    private static Path routes() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("routes"))) {
            for (Path file : files) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        String webhook = Pattern.compile("```yaml\n([^`]*id: webhook[^`]*)```")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow()
                .replace(
                        "https://hooks.example.com/segment-drop",
                        outside.uri().resolve("/hook").toString());
        Files.writeString(routes.resolve("60-notify.camel.yaml"), webhook, StandardOpenOption.APPEND);
        return routes;
    }

    @AfterAll
    static void stop() {
        server.close();
        outside.close();
        api.close();
    }

    private static void pair(String name, long segment) {
        String csv = Dropper.csv(name, 2);
        new Dropper(server.drop("acme")).pair(name, csv, Dropper.proving(segment, csv));
    }

    private static JsonNode end(String name) {
        return await(name)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> new ReceiptReader(server.drop("acme")).now(name),
                        receipt -> receipt.filter(one -> one.path("final").asBoolean())
                                .isPresent())
                .orElseThrow();
    }

    private static List<JsonNode> notices(String event) {
        return outside.requests().stream()
                .filter(request -> request.path().equals("/hook"))
                .map(request -> {
                    assertThat(request.method()).isEqualTo("POST");
                    assertThat(request.header("content-type")).isEqualTo("application/json");
                    return json(request.body());
                })
                .filter(notice -> notice.path("event").asText().equals(event))
                .toList();
    }

    /** The lines of the log, but for what the JVM itself says of a library's use of it. */
    private static List<JsonNode> lines() {
        return server.log()
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .map(OperationsIT::json)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
    }

    @Test
    void everyLineAboutAnImportHasItsIdAndItsDrop() {
        pair("logged.csv", 1);
        String id = end("logged.csv").path("import").asText();

        soon(() -> {
            List<JsonNode> lines = lines();
            assertThat(lines)
                    .allSatisfy(
                            line -> assertThat(line.path("@timestamp").asText()).isNotEmpty());
            List<JsonNode> about = lines.stream()
                    .filter(line -> line.path("message").asText().contains(id))
                    .toList();
            assertThat(about).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> {
                assertThat(line.path("import").asText()).isEqualTo(id);
                assertThat(line.path("drop").asText()).isEqualTo("acme");
            });
            assertThat(lines.stream()
                            .filter(line -> line.path("import").asText().equals(id)))
                    .hasSameSizeAs(about);
            assertThat(about.getLast().path("message").asText()).contains(id + " delivered: logged.csv");
        });
    }

    @Test
    void everyAttemptIsASpan() {
        pair("traced.csv", 2);
        String id = end("traced.csv").path("import").asText();

        soon(() -> assertThat(outside.requests().stream()
                        .filter(request -> request.path().equals("/v1/traces"))
                        .filter(request -> request.body().contains(id)))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.body()).contains("segment_drop.outcome", "accepted")));
    }

    @Test
    void theSameFaultOfManyFilesIsOneNotice() {
        for (int i = 0; i < 5; i++) {
            new Dropper(server.drop("acme")).pair("bad-" + i + ".csv", Dropper.csv("bad", 1), "{");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(end("bad-" + i + ".csv").path("state").asText()).isEqualTo("rejected");
        }
        pair("forbidden.csv", 77);
        end("forbidden.csv");

        soon(() -> assertThat(notices("import rejected"))
                .extracting(notice -> notice.path("code").asText())
                .containsExactlyInAnyOrder("SIDE_MALFORMED", "POLICY_SEGMENT_FORBIDDEN"));
        assertThat(lines().stream()
                        .filter(line -> line.path("message").asText().contains("bad-0.csv"))
                        .map(line -> line.path("message").asText().replaceFirst("\\S+ (\\w+):.*", "$1")))
                .as("one line for the take, one for the end")
                .containsExactly("taken", "rejected");
    }

    @Test
    void aLateFeedIsToldAndShownAndHurtsNothing() {
        soon(() -> assertThat(server.json("/actuator/health/drops")
                        .at("/details/late/feed")
                        .asText())
                .isIn("late", "missing", "expected", "due soon"));
        assertThat(server.json("/actuator/health/drops").path("status").asText())
                .isEqualTo("UP");
        JsonNode drop = server.json("/api/drops").path("drops").get(1);
        assertThat(drop.path("name").asText()).isEqualTo("late");
        assertThat(drop.path("feed").path("files").asInt()).isEqualTo(1000);
        assertThat(server.get("/").body()).containsPattern("Feed (late|missing|expected|due soon): ");
        assertThat(drop.path("feed").path("deadline").asText()).endsWith("T00:00:00.000Z");
    }

    @Test
    void anOutageIsOneNoticeAndDrainsByItself() {
        api.refuse();
        pair("first.csv", 3);
        pair("second.csv", 4);

        soon(() -> assertThat(server.json("/actuator/health/api").path("status").asText())
                .isEqualTo("DOWN"));
        assertThat(server.json("/actuator/health/api").at("/details/api").asText())
                .startsWith("API_OUTAGE: ")
                .contains(" What to do: ");
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.json("/actuator/health/drops").path("status").asText())
                .isEqualTo("UP");
        soon(() -> assertThat(notices("gate closed")).hasSize(1));

        api.accept();

        assertThat(end("first.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(end("second.csv").path("state").asText()).isEqualTo("delivered");
        soon(() -> assertThat(notices("gate opened")).hasSize(1));
        assertThat(notices("gate closed")).hasSize(1).first().satisfies(notice -> {
            assertThat(notice.path("gate").asText()).isEqualTo("api");
            assertThat(notice.path("code").asText()).isEqualTo("API_OUTAGE");
            assertThat(notice.path("next").asText()).isNotEmpty();
        });
        assertThat(server.json("/actuator/health/api").path("status").asText()).isEqualTo("UP");
    }
}
