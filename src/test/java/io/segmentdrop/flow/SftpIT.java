package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.OpenSsh;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real program and OpenSSH's own server and client: what a partner with stock tools lives through. */
@NeedsProgram({OpenSsh.SSHD, OpenSsh.SFTP, OpenSsh.KEYGEN})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SftpIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static StandInApi api;
    private static OpenSsh partner;
    private static Server server;
    private static ReceiptReader receipts;

    @BeforeAll
    static void start() throws IOException {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        partner = new OpenSsh(folder.resolve("partner"));
        receipts = new ReceiptReader(partner.out());
        String csv = Dropper.csv("first", 3);
        partner.sftp("put " + local("first.csv", csv), "put " + local("first.csv.json", Dropper.proving(1, csv)));
        // the program ends as if it was killed when the pair is in the spool and still on the server
        server = Server.launch(setup().jvm("-Dsegment-drop.crash-at=" + CrashPoint.MIRROR_PLACED.word()));
        assertThat(server.exit()).isEqualTo(CrashPoint.EXIT);
        assertThat(partner.out().resolve("first.csv")).exists();
        server.restart();
    }

    @Test
    @Order(0)
    void a_kill_between_the_mirroring_and_the_removal_costs_no_second_import() {
        assertThat(receipts.end("first.csv").path("state").asText()).isEqualTo("delivered");
        await().atMost(LIMIT).until(() -> new Dropper(partner.out()).isGone("first.csv.json"));
        assertThat(imports("first.csv")).isOne();
    }

    private static Server.Setup setup() throws IOException {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), OpenSsh.PASSPHRASE + "\n");
        Server.Setup setup = Server.Setup.of(folder, api.uri())
                .drop("acme", "[{id: 1}]")
                .drop("acme", "from", "sftp://" + partner.user() + "@127.0.0.1:" + partner.port() + "/out")
                .drop("acme", "settle-for", "2s")
                .drop("acme", "sftp.private-key-file", "'" + partner.lockedKey() + "'")
                .drop("acme", "sftp.passphrase-file", "'" + passphrase + "'")
                .drop("acme", "sftp.known-hosts-file", "'" + partner.pin() + "'")
                .drop("near", "[{id: 2}]");
        // many more, on a port where nobody answers
        for (int i = 0; i < 50; i++) {
            String name = "away-" + i;
            setup = setup.drop(name, "[{id: 3}]")
                    .drop(name, "from", "sftp://u" + i + "@127.0.0.1:9/out")
                    .drop(name, "scan-every", "500ms")
                    .drop(name, "sftp.private-key-file", "'" + partner.clientKey() + "'")
                    .drop(name, "sftp.known-hosts-file", "'" + partner.pin() + "'");
        }
        return setup;
    }

    @AfterAll
    static void stop() {
        server.close();
        partner.close();
        api.close();
    }

    private static JsonNode drop(String name) {
        return StreamSupport.stream(server.json("/api/drops").path("drops").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path local(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static long imports(String file) {
        return server.json("/api/imports?q=" + file).path("imports").size();
    }

    @Test
    @Order(1)
    void a_pair_that_is_put_and_renamed_is_delivered_and_its_receipt_lies_on_the_server() throws IOException {
        String csv = Dropper.csv("vips", 5);
        partner.sftp(
                "put " + local("vips.csv", csv) + " vips.csv.part",
                "rename vips.csv.part vips.csv",
                "put " + local("vips.csv.json", Dropper.sidecar(1)) + " vips.csv.json.part",
                "rename vips.csv.json.part vips.csv.json");

        assertThat(receipts.end("vips.csv").path("state").asText()).isEqualTo("delivered");
        await().atMost(LIMIT).until(() -> new Dropper(partner.out()).isGone("vips.csv.json"));
        assertThat(drop("acme").path("state").asText()).isEqualTo("open");
        assertThat(drop("acme").path("lastScan").asText()).isNotEmpty();
    }

    @Test
    @Order(2)
    void servers_that_are_away_are_told_and_hold_up_nobody() {
        await().atMost(LIMIT).until(() -> drop("away-49").path("code").asText().equals("SRC_UNREACHABLE"));
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(HttpURLConnection.HTTP_OK);
    }

    @Test
    @Order(3)
    void a_slow_put_is_never_taken_by_halves() throws IOException {
        String csv = Dropper.csv("slow", 100_000);
        local("slow.csv", csv);
        local("slow.csv.json", Dropper.sidecar(1));
        Process put = partner.client(
                List.of("-l", "6000"), "put " + folder.resolve("slow.csv.json"), "put " + folder.resolve("slow.csv"));
        await().atMost(LIMIT).until(() -> Files.exists(partner.out().resolve("slow.csv")));
        assertThat(put.isAlive()).as("the put goes on").isTrue();

        JsonNode receipt = receipts.end("slow.csv");

        assertThat(receipt.path("state").asText()).isEqualTo("delivered");
        assertThat(receipt.path("rows").path("sent").asLong()).isEqualTo(100_000);
        assertThat(imports("slow.csv")).isOne();
    }

    @Test
    @Order(4)
    void a_client_that_is_killed_leaves_what_waits_to_be_seen_until_it_is_whole() throws Exception {
        String csv = Dropper.csv("cut", 100_000);
        local("cut.csv", csv);
        local("cut.csv.json", Dropper.proving(1, csv));
        Process put = partner.client(
                List.of("-l", "4000"), "put " + folder.resolve("cut.csv.json"), "put " + folder.resolve("cut.csv"));
        await().atMost(LIMIT)
                .until(() -> Files.exists(partner.out().resolve("cut.csv"))
                        && Files.size(partner.out().resolve("cut.csv")) > 300_000);
        put.destroyForcibly().waitFor();

        await().atMost(LIMIT)
                .until(() ->
                        drop("acme").path("waiting").findValuesAsText("name").contains("cut.csv"));
        assertThat(drop("acme").path("waiting").get(0).path("code").asText()).isEqualTo("WAIT_PROOF");
        assertThat(imports("cut.csv")).isZero();

        partner.sftp("reput " + folder.resolve("cut.csv"));
        assertThat(receipts.end("cut.csv").path("rows").path("sent").asLong()).isEqualTo(100_000);
        assertThat(imports("cut.csv")).isOne();
    }

    @Test
    @Order(5)
    void a_server_that_ends_in_the_middle_of_a_download_and_comes_back_costs_no_second_import() throws IOException {
        String csv = "email,varr_note\n" + ("x@example.com," + "n".repeat(990) + "\n").repeat(60_000);
        local("big.csv", csv);
        local("big.csv.json", Dropper.proving(1, csv));
        partner.sftp(
                "put " + folder.resolve("big.csv") + " big.part",
                "put " + folder.resolve("big.csv.json"),
                "rename big.part big.csv");
        await().pollInterval(Duration.ofMillis(2)).atMost(LIMIT).until(SftpIT::isComing);
        partner.stop();
        await().atMost(LIMIT).until(() -> drop("acme").path("code").asText().equals("SRC_UNREACHABLE"));
        partner.restart();

        assertThat(receipts.end("big.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(imports("big.csv")).isOne();
    }

    private static boolean isComing() throws IOException {
        try (Stream<Path> spool = Files.list(server.home().resolve("spool/acme"))) {
            return spool.anyMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    @Order(7)
    void another_host_key_closes_the_drop_and_no_other() throws IOException {
        String before = partner.fingerprint();
        partner.restartWithAnotherKey();

        await().atMost(LIMIT).until(() -> drop("acme").path("code").asText().equals("SRC_HOST_KEY_CHANGED"));
        assertThat(server.json("/actuator/health/drops").toString())
                .contains(before)
                .contains(partner.fingerprint());

        String csv = Dropper.csv("near", 2);
        new Dropper(server.drop("near")).pair("near.csv", csv, Dropper.proving(2, csv));
        assertThat(new ReceiptReader(server.drop("near"))
                        .end("near.csv")
                        .path("state")
                        .asText())
                .isEqualTo("delivered");
    }
}
