package io.segmentdrop.flow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.Sample;
import io.segmentdrop.sandbox.Sample.Ending;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox: every sample ends as its name says. */
class SandboxIT {

    private static final Path SAMPLES = Path.of("inbox-samples").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Server server;
    private static List<Sample> samples;

    @BeforeAll
    static void start() throws IOException {
        samples = samples();
        server = Server.start(
                Server.Setup.bare(folder)
                        .with("segment-drop.routes", "'" + Path.of("routes").toAbsolutePath() + "'")
                        .with("segment-drop.ops.password", Server.PASSWORD),
                "--spring.profiles.active=sandbox",
                "--sandbox.api-port=0",
                "--sandbox.sftp-port=0",
                "--sandbox.folder=" + folder.resolve("sandbox"),
                "--sandbox.samples=" + SAMPLES);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(samples.stream().filter(sample -> !hasEnded(sample)))
                        .isEmpty());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Sample> samples() throws IOException {
        List<Sample> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            for (Path drop : folders.filter(Files::isDirectory).sorted().toList()) {
                all.addAll(Sample.in(drop));
            }
        }
        return all;
    }

    private static Path drop(Sample sample) {
        return folder.resolve("sandbox/drops").resolve(sample.drop());
    }

    private static boolean hasEnded(Sample sample) {
        return sample.ending() == Ending.WAITING
                || new ReceiptReader(drop(sample))
                        .now(sample.name())
                        .filter(receipt -> receipt.path("state")
                                .asText()
                                .equals(sample.ending().state()))
                        .isPresent();
    }

    @Test
    void every_receipt_gives_the_reason_of_the_name() {
        SoftAssertions all = new SoftAssertions();
        for (Sample sample : samples) {
            if (sample.ending() != Ending.WAITING) {
                JsonNode receipt =
                        new ReceiptReader(drop(sample)).now(sample.name()).orElseThrow();
                all.assertThat(receipt.path("final").asBoolean())
                        .as(sample.name())
                        .isEqualTo(sample.ending() != Ending.HELD);
                all.assertThat(receipt.path("next").asText()).as(sample.name()).isNotBlank();
                sample.code()
                        .map(Code::name)
                        .ifPresent(code -> all.assertThat(receipt.toString())
                                .as(sample.name())
                                .contains('"' + code + '"'));
            }
        }
        all.assertAll();
    }

    @Test
    void whole_deliveries_lose_no_row() {
        SoftAssertions all = new SoftAssertions();
        for (Sample sample : samples) {
            if (sample.ending() == Ending.DELIVERED) {
                JsonNode rows = new ReceiptReader(drop(sample))
                        .now(sample.name())
                        .orElseThrow()
                        .path("rows");
                all.assertThat(rows.path("sent").asLong())
                        .as(sample.name())
                        .isPositive()
                        .isEqualTo(rows.path("read").asLong());
            }
        }
        all.assertAll();
    }

    @Test
    void what_waits_stays_in_its_drop() {
        assertThat(samples.stream().filter(sample -> sample.ending() == Ending.WAITING))
                .isNotEmpty()
                .allSatisfy(sample ->
                        assertThat(drop(sample).resolve(sample.name())).hasSameBinaryContentAs(sample.csv()));
    }

    @Test
    void rejects_lie_beside_the_receipt() {
        assertThat(samples.stream().filter(sample -> sample.ending() == Ending.PARTLY_DELIVERED))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(drop(sample).resolve("receipts/" + sample.name() + ".rejects.csv"))
                        .content()
                        .startsWith("email")
                        .contains("_line,_code,_reason"));
    }

    @Test
    void the_stand_in_shows_members() throws IOException {
        JsonNode segments =
                new ObjectMapper().readTree(server.get("/sandbox/segments").body());

        assertThat(segments).isNotEmpty();
        assertThat(segments.findValuesAsText("id")).contains("100789", "100790", "100800");
        assertThat(segments.get(0).path("members").asLong()).isPositive();
        assertThat(segments.get(0).path("first").get(0).path("email").asText()).contains("@");
    }

    @Test
    void nothing_is_an_error_in_the_log() {
        assertThat(server.log()).doesNotContain(" ERROR ", "Exception", "\tat ");
    }

    @Test
    void the_log_has_a_line_for_each_event() {
        String log = server.log();

        for (Sample sample : samples) {
            if (sample.ending() != Ending.WAITING) {
                assertThat(log.lines().filter(line -> line.contains(" taken: " + sample.name() + " from drop ")))
                        .as(sample.name())
                        .hasSize(1);
            }
        }
        assertThat(log.lines()
                        .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO |WARN ) .*|    .*"))
                        .collect(joining("\n")))
                .isEmpty();
    }
}
