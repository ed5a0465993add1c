package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.Account;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a pair is taken, from which folders, in which order, and what its partner hears. */
class IntakeIT {

    private static final Duration A_WHILE = Duration.ofMillis(800);

    @TempDir
    static Path folder;

    private static StandInApi api;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        Path odd = Files.createDirectories(folder.resolve("drops/a b%20c 100% +&é#{{x}}"));
        server = Server.start(Server.Setup.of(folder, api.uri())
                .drop("acme", "[{id: 1}, {id: 2}, {id: 3}, {id: 4}]")
                .drop("acme", "settle-for", "500ms")
                .drop("slow", "[{id: 6}, {id: 7}]")
                // longer than a busy machine makes of the writer's pauses
                .drop("slow", "settle-for", "3s")
                .drop("patient", "[{id: 11}]")
                .drop("patient", "settle-for", "1h")
                .drop("orphans", "[{id: 21}]")
                .drop("orphans", "orphan-after", "600ms")
                .drop("later", "[{id: 31}]")
                .drop("later", "from", "'file:" + folder + "/made-later'")
                .drop("odd", "[{id: 41}]")
                .drop(
                        "odd",
                        "from",
                        "'file:" + odd.toString().replace("%", "%25").replace("#", "%23") + "'")
                .drop("east", "[{id: 51, lane: coast}]")
                .drop("west", "[{id: 52, lane: coast}]"));
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
    }

    private static Dropper dropper(String drop) {
        return new Dropper(server.drop(drop));
    }

    private static ReceiptReader receipts(String drop) {
        return new ReceiptReader(server.drop(drop));
    }

    private static List<String> members(long segment) {
        return List.copyOf(api.account().members(segment).keySet());
    }

    @Test
    void a_slow_upload_is_left_alone_and_holds_up_nobody() {
        Dropper slow = dropper("slow");
        slow.whole("slow.csv.json", Dropper.sidecar(6));
        for (int piece = 0; piece < 4; piece++) {
            slow.piece("slow.csv", (piece == 0 ? "email\n" : "") + "slow-" + piece + "@exam");
            await().during(Duration.ofMillis(250))
                    .atMost(A_WHILE.multipliedBy(3))
                    .until(() -> !slow.isGone("slow.csv"));
            slow.piece("slow.csv", "ple.com\n");
        }
        slow.pair("neighbour.csv", Dropper.csv("neighbour", 1), Dropper.sidecar(7));

        assertThat(receipts("slow").end("neighbour.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(receipts("slow").end("slow.csv").path("rows").path("sent").asInt())
                .isEqualTo(4);
        assertThat(api.account().applied(6)).hasSize(1);
    }

    @Test
    void a_proof_says_when_the_csv_is_whole() {
        String csv = Dropper.csv("proven", 3);
        Dropper patient = dropper("patient");
        patient.whole("proven.csv.json", Dropper.proving(11, csv));
        patient.piece("proven.csv", csv.substring(0, 30));
        await().during(A_WHILE).atMost(A_WHILE.multipliedBy(3)).until(() -> !patient.isGone("proven.csv"));

        patient.piece("proven.csv", csv.substring(30));

        assertThat(receipts("patient").end("proven.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(members(11)).hasSize(3);
    }

    @Test
    void the_sidecar_may_come_first() {
        Dropper acme = dropper("acme");
        acme.whole("first.csv.json", Dropper.sidecar(3));
        await().during(A_WHILE).atMost(A_WHILE.multipliedBy(3)).until(() -> !acme.isGone("first.csv.json"));

        acme.whole("first.csv", Dropper.csv("first", 2));

        assertThat(receipts("acme").end("first.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void half_a_pair_becomes_a_dead_letter() throws IOException {
        dropper("orphans").whole("alone.csv", Dropper.csv("alone", 1));
        dropper("orphans").whole("widow.csv.json", Dropper.sidecar(21));

        JsonNode alone = receipts("orphans").end("alone.csv");
        JsonNode widow = receipts("orphans").end("widow.csv");

        assertThat(alone.path("state").asText()).isEqualTo("rejected");
        assertThat(alone.path("problems").findValuesAsText("code")).containsExactly("SIDE_MISSING");
        assertThat(widow.path("problems").findValuesAsText("code")).containsExactly("CSV_MISSING");
        assertThat(names(deadLetter("orphans", alone))).containsExactly("manifest.json", "reason.json", "source.csv");
        assertThat(names(deadLetter("orphans", widow))).containsExactly("manifest.json", "reason.json", "sidecar.json");
        assertThat(dropper("orphans").isGone("alone.csv")).isTrue();
        assertThat(dropper("orphans").isGone("widow.csv.json")).isTrue();
    }

    private static Path deadLetter(String drop, JsonNode receipt) {
        return server.home()
                .resolve("dead-letter")
                .resolve(drop)
                .resolve(receipt.path("import").asText());
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void the_same_name_twice_is_two_imports() throws IOException {
        dropper("acme").pair("twice.csv", Dropper.csv("one", 1), Dropper.sidecar(4));
        JsonNode one = receipts("acme").end("twice.csv");
        dropper("acme").pair("twice.csv", Dropper.csv("two", 1), Dropper.sidecar(4));
        JsonNode two = receipts("acme")
                .when("twice.csv", receipt -> receipt.path("final").asBoolean() && !receipt.equals(one));

        assertThat(archived(one)).hasContent(Dropper.csv("one", 1));
        assertThat(archived(two)).hasContent(Dropper.csv("two", 1));
        assertThat(members(4)).containsExactly("one-0@example.com", "two-0@example.com");
    }

    private static Path archived(JsonNode receipt) throws IOException {
        Path source = Path.of(receipt.path("import").asText(), "source.csv");
        try (Stream<Path> found = Files.find(
                server.home().resolve("archive"), 4, (path, kind) -> path.endsWith(source), new FileVisitOption[0])) {
            return found.findFirst().orElseThrow();
        }
    }

    @Test
    void a_bad_pair_between_good_ones_delays_nobody() {
        dropper("acme").pair("good-1.csv", Dropper.csv("good-1", 1), Dropper.sidecar(2));
        dropper("acme").pair("bad.csv", Dropper.csv("bad", 1), "{\"segment\": 2, \"claer\": false");
        dropper("acme").pair("good-2.csv", Dropper.csv("good-2", 1), Dropper.sidecar(2));

        assertThat(receipts("acme").end("bad.csv").path("state").asText()).isEqualTo("rejected");
        assertThat(receipts("acme").end("good-1.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(receipts("acme").end("good-2.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void a_folder_that_is_made_later_is_found() throws IOException {
        JsonNode missing = server.json("/actuator/health/drops").path("details").path("later");
        assertThat(missing.path("state").asText()).isEqualTo("closed");
        assertThat(missing.path("code").asText()).isEqualTo("SRC_DIR_MISSING");
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

        Path made = Files.createDirectory(folder.resolve("made-later"));
        new Dropper(made).pair("late.csv", Dropper.csv("late", 1), Dropper.sidecar(31));

        assertThat(new ReceiptReader(made).end("late.csv").path("state").asText())
                .isEqualTo("delivered");
        assertThat(server.json("/actuator/health/drops")
                        .path("details")
                        .path("later")
                        .path("state")
                        .asText())
                .isEqualTo("open");
    }

    @Test
    void a_folder_may_be_called_anything() {
        Path odd = folder.resolve("drops/a b%20c 100% +&é#{{x}}");
        new Dropper(odd).pair("odd.csv", Dropper.csv("odd", 1), Dropper.sidecar(41));

        assertThat(new ReceiptReader(odd).end("odd.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void the_partner_hears_at_once_and_at_the_end() {
        api.forSegment(3, new Fault.InBody(0, Fault.Manner.STALL));
        dropper("acme").pair("heard.csv", Dropper.csv("heard", 400_000), Dropper.sidecar(3));

        JsonNode first = receipts("acme").in("heard.csv", "waiting");
        await().until(() -> api.stalled() == 1);
        api.release();
        JsonNode last = receipts("acme").end("heard.csv");

        assertThat(first.path("final").asBoolean()).isFalse();
        assertThat(first.path("import")).isEqualTo(last.path("import"));
        assertThat(last.path("state").asText()).isEqualTo("delivered");
        assertThat(last.path("chunks").findValuesAsText("rows"))
                .containsExactly("100000", "100000", "100000", "100000");
    }

    @Test
    void two_drops_with_one_lane_keep_the_order() {
        api.forSegment(51, new Fault.InBody(0, Fault.Manner.STALL));
        dropper("east").pair("east.csv", Dropper.csv("east", 1), Dropper.sidecar(51));
        await().until(() -> api.stalled() == 1);
        dropper("west").pair("west.csv", Dropper.csv("west", 1), Dropper.sidecar(52));
        receipts("west").in("west.csv", "waiting");
        await().during(A_WHILE)
                .atMost(A_WHILE.multipliedBy(3))
                .until(() -> api.journal().imports(52).isEmpty());

        api.release();

        assertThat(receipts("west").end("west.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(receipts("east").end("east.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(api.account().applied().stream()
                        .map(Account.Applied::segment)
                        .filter(id -> id > 50))
                .containsExactly(51L, 52L);
    }
}
