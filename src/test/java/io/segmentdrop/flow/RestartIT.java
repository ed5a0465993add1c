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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill, a second process and a lost ledger do. */
class RestartIT {

    private static final int PAIRS = 12;

    @TempDir
    Path folder;

    private StandInApi api;

    @BeforeEach
    void start() {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Server.Setup setup() {
        return Server.Setup.of(folder, api.uri())
                .drop("acme", "[{id: 1}, {id: 2}, {id: 3}, {id: 4}, {id: 5}]")
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "200ms");
    }

    @Test
    void a_kill_loses_nothing_and_doubles_nothing() {
        Dropper acme = new Dropper(folder.resolve("drops/acme"));
        ReceiptReader receipts = new ReceiptReader(acme.drop());
        api.forSegment(2, new Fault.InBody(0, Fault.Manner.STALL));
        try (Server server = Server.start(setup())) {
            // segment 1: delivered; 2: open, and waiting behind it; 3 and 4: anywhere between the drop and the end
            acme.pair("done.csv", Dropper.csv("done", 1), Dropper.sidecar(1));
            receipts.end("done.csv");
            acme.pair("open.csv", Dropper.csv("open", 1), Dropper.sidecar(2));
            await().until(() -> api.stalled() == 1);
            acme.pair("behind.csv", Dropper.csv("behind", 1), Dropper.sidecar(2));
            receipts.in("behind.csv", "waiting");
            // a chunk that came whole and was cut off from its answer would rightly be sent again
            api.forSegment(3, new Fault.InBody(0, Fault.Manner.STALL));
            api.forSegment(4, new Fault.InBody(0, Fault.Manner.STALL));
            acme.pair("large.csv", Dropper.csv("large", 300_000), Dropper.sidecar(3));
            await().until(() -> api.stalled() == 2);
            IntStream.range(0, PAIRS)
                    .forEach(i -> acme.pair("p" + i + ".csv", Dropper.csv("p" + i, 1), Dropper.sidecar(4)));
            server.kill();
            // what was not asked for before the kill
            api.heal();

            acme.pair("after.csv", Dropper.csv("after", 1), Dropper.sidecar(5));
            server.restart();

            List<String> names = Stream.concat(
                            Stream.of("done", "open", "behind", "large", "after"),
                            IntStream.range(0, PAIRS).mapToObj(i -> "p" + i))
                    .toList();
            assertThat(names)
                    .allSatisfy(name -> assertThat(
                                    receipts.end(name + ".csv").path("state").asText())
                            .isEqualTo("delivered"));
            assertThat(api.account().applied())
                    .extracting(Account.Applied::sha256)
                    .doesNotHaveDuplicates()
                    .hasSize(PAIRS + 4 + 3);
            assertThat(api.account().applied(2).getFirst().sha256())
                    .isEqualTo(Dropper.sha256(Dropper.csv("open", 1).getBytes(StandardCharsets.UTF_8)));
            assertThat(server.log()).containsPattern("Requests that were open when the program last ended: [23];");
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void a_stop_lets_the_open_request_end() {
        Dropper acme = new Dropper(folder.resolve("drops/acme"));
        try (Server server = Server.start(setup())) {
            api.forSegment(1, new Fault.InBody(0, Fault.Manner.STALL));
            acme.pair("open.csv", Dropper.csv("open", 1), Dropper.sidecar(1));
            await().until(() -> api.stalled() == 1);
            Thread.ofVirtual().start(() -> {
                await().pollDelay(java.time.Duration.ofMillis(500)).until(() -> true);
                api.release();
            });

            assertThat(server.stop()).isZero();

            // Camel's own hint to one that is stopped within a second says nothing about the request
            assertThat(server.log().lines().filter(line -> line.contains(" ERROR ") || line.contains(" WARN ")))
                    .allMatch(line -> line.contains("CamelContext has only been running"));
            assertThat(api.account().applied(1)).hasSize(1);
            server.restart();
            assertThat(new ReceiptReader(acme.drop())
                            .end("open.csv")
                            .path("chunks")
                            .get(0)
                            .path("attempts")
                            .asInt())
                    .isEqualTo(1);
            assertThat(api.journal().imports(1)).hasSize(1);
        }
    }

    @Test
    void a_home_is_for_one_process_and_one_ledger() throws IOException {
        Server.Setup setup = setup();
        try (Server first = Server.start(setup)) {
            assertRefused(
                    setup,
                    "expected the home " + first.home() + " for this process alone, found another segment-drop running"
                            + " on it; stop it or set segment-drop.home");
            assertThat(first.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            first.stop();
        }
        Path ledger = folder.resolve("home/ledger.db");
        Files.write(ledger, new byte[8192]);
        assertRefused(setup, "restore it from a backup");
        Files.delete(ledger);
        assertRefused(
                setup, "expected the ledger " + ledger + ", found none although this home was used before; restore it");
    }

    @Test
    void a_ledger_whose_log_was_removed_sends_nothing_twice_and_forgets_nothing() throws IOException {
        Dropper acme = new Dropper(folder.resolve("drops/acme"));
        ReceiptReader receipts = new ReceiptReader(acme.drop());
        List<String> names =
                IntStream.range(0, PAIRS).mapToObj(i -> "p" + i + ".csv").toList();
        try (Server server = Server.start(setup())) {
            api.refuse();
            names.forEach(name -> acme.pair(name, Dropper.csv(name, 1), Dropper.sidecar(4)));
            names.forEach(name -> receipts.in(name, "waiting"));
            server.kill();
            Files.delete(server.home().resolve("ledger.db-wal"));
            Files.deleteIfExists(server.home().resolve("ledger.db-shm"));
            api.accept();
            server.restart();

            names.forEach(name ->
                    assertThat(receipts.end(name).path("state").asText()).isEqualTo("undeliverable"));
            assertThat(api.account().applied()).isEmpty();
            JsonNode shown = server.json("/api/imports?state=undeliverable&drop=acme");
            assertThat(shown.path("imports"))
                    .hasSize(PAIRS)
                    .allMatch(one -> one.path("code").asText().equals("LEDGER_UNKNOWN"));
            assertThat(server.get("/attention").body()).contains("LEDGER_UNKNOWN");
            assertThat(server.get("/actuator/health/own").body()).contains("lost its memory of " + PAIRS + " imports");
            String id = shown.path("imports").path(0).path("import").asText();
            assertThat(server.post("/api/imports/" + id + "/replay", "{}").statusCode())
                    .isEqualTo(200);
            String file = shown.path("imports").path(0).path("file").asText();
            receipts.in(file, "delivered");
            assertThat(api.account().applied(4)).hasSize(1);
        }
    }

    @Test
    void a_server_without_routes_is_refused() throws IOException {
        Path routes = folder.resolve("routes");
        assertRefused(
                setup().with("segment-drop.routes", routes.toString()), "expected in " + routes + "/*.camel.yaml");
        Files.createDirectory(routes);
        assertRefused(
                setup().with("segment-drop.routes", routes.toString()), "expected in " + routes + "/*.camel.yaml");
    }

    /** It ends by itself, with an exit code that says so, and says why in words. */
    private static void assertRefused(Server.Setup setup, String why) {
        Path log = setup.folder().resolve("server.log");
        long before = log.toFile().length();
        try (Server refused = Server.launch(setup)) {
            assertThat(refused.exit()).isNotZero();
            String said = refused.log().substring((int) before);
            assertThat(said.replaceAll("\\s+", " ")).contains(why);
            assertThat(said).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
        }
    }
}
