package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, links and pipes that a drop may hold. Whatever lies there, the neighbours are delivered. */
class HostileDropIT {

    private static final String SECRET = "email\nsecret@example.com\n";

    @TempDir
    static Path folder;

    private static StandInApi api;
    private static Server server;
    private static Path secret;
    private static Path elsewhere;
    private static int neighbours;

    @BeforeAll
    static void start() throws IOException {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Server.Setup setup = Server.Setup.of(folder, api.uri())
                .drop("acme", "[{id: 1}]")
                .drop("acme", "settle-for", "100ms")
                .drop("linked", "[{id: 2}]")
                .drop("bytes", "[{id: 3}]")
                .drop("hostile", "[{id: 1}, {id: 4}]");
        Files.createSymbolicLink(folder.resolve("drops/linked/receipts"), elsewhere);
        server = Server.start(setup);
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
    }

    /** Nobody is delayed by what the test dropped, and no word of it steers the log. */
    @AfterEach
    void neighbours_are_delivered() {
        neighbours(1);
        assertThat(api.account().members(1)).doesNotContainKey("secret@example.com");
        assertThat(server.log())
                .doesNotContain("secret@example.com", "\u001B", "\u202E", "\u009B", " ERROR ", "\tat ")
                .doesNotContain(System.getProperty("user.home") + ".csv");
    }

    private static Dropper acme() {
        return new Dropper(server.drop("acme"));
    }

    private static ReceiptReader receipts() {
        return new ReceiptReader(server.drop("acme"));
    }

    @Test
    void harmless_names_are_delivered() {
        List<String> names = List.of(
                "a\"b.csv",
                "a'b, c;d.csv",
                "<img src=x onerror=alert(1)>.csv",
                "${sys:user.home}.csv",
                "{{segment-drop.api.token}}.csv",
                "#{T(java.lang.Runtime)}.csv",
                "$(reboot) `id` %22 %2e%2e.csv",
                "-rf.csv",
                " leading and  inner spaces.csv",
                "a..b.csv",
                "caf\u00e9.csv",
                "cafe\u0301 2.csv",
                "\uD83D\uDE00 \u540D\u5BFE.csv",
                "n".repeat(196) + ".csv",
                "UPPER.CSV",
                "x.csv.csv");
        names.forEach(name -> acme().pair(name, Dropper.csv("h" + names.indexOf(name), 1), Dropper.sidecar(1)));

        assertThat(names).allSatisfy(name -> {
            JsonNode receipt = receipts().end(name);
            assertThat(receipt.path("state").asText()).isEqualTo("delivered");
            assertThat(receipt.path("file").asText()).isEqualTo(name);
            assertThat(acme().isGone(name)).isTrue();
        });
    }

    private record Refused(String name, String inReceipts, String code) {}

    @Test
    void names_that_mislead_are_refused() {
        List<Refused> all = List.of(
                new Refused("a\u001B[31mb.csv", "a_[31mb.csv", "NAME_CONTROL_CHAR"),
                new Refused("two\r\n2026 INFO lines.csv", "two__2026 INFO lines.csv", "NAME_CONTROL_CHAR"),
                new Refused("b\u009B31mb.csv", "b_31mb.csv", "NAME_CONTROL_CHAR"),
                new Refused("list\u202Evsc.exe.csv", "list_vsc.exe.csv", "NAME_BIDI"),
                new Refused("a\u200Bb.csv", "a_b.csv", "NAME_INVISIBLE_CHAR"),
                new Refused("back\\slash.csv", "back_slash.csv", "NAME_FORBIDDEN_CHAR"),
                new Refused("up\\..\\x.csv", "up_.._x.csv", "NAME_PATH_TRAVERSAL"),
                new Refused("C:\\x.csv", "C:_x.csv", "NAME_PATH_TRAVERSAL"),
                new Refused("aux.csv", "aux.csv", "NAME_RESERVED"));
        all.forEach(one -> acme().pair(one.name(), Dropper.csv("refused", 1), Dropper.sidecar(1)));

        assertThat(all).allSatisfy(one -> {
            JsonNode receipt = receipts().end(one.inReceipts());
            assertThat(receipt.path("state").asText()).isEqualTo("rejected");
            assertThat(receipt.path("problems").findValuesAsText("code")).containsExactly(one.code());
            assertThat(acme().isGone(one.name())).isTrue();
        });
    }

    @Test
    void a_very_long_name_has_a_shorter_receipt() {
        String name = "l".repeat(250) + ".csv";
        acme().whole(name, Dropper.csv("long", 1));
        acme().whole("l".repeat(250) + ".json", "{}");

        Path shorter = server.drop("acme").resolve("receipts/" + "l".repeat(242) + ".receipt.json");
        await().until(() -> Files.exists(shorter));
    }

    @Test
    void a_link_is_never_followed() throws IOException {
        Files.createSymbolicLink(server.drop("acme").resolve("link.csv"), secret);
        acme().whole("link.csv.json", Dropper.sidecar(1));

        JsonNode receipt = receipts().end("link.csv");

        assertThat(receipt.path("problems").findValuesAsText("code")).containsExactly("NAME_NOT_REGULAR_FILE");
        assertThat(secret).hasContent(SECRET);
        assertThat(files(deadLetter(receipt))).doesNotContain("source.csv");
    }

    @Test
    void a_sidecar_that_is_a_link_is_never_read() throws IOException {
        Path options = Files.writeString(folder.resolve("options.json"), Dropper.sidecar(1));
        acme().whole("linked-sidecar.csv", Dropper.csv("linked-sidecar", 1));
        Files.createSymbolicLink(server.drop("acme").resolve("linked-sidecar.csv.json"), options);

        JsonNode receipt = receipts().end("linked-sidecar.csv");

        assertThat(receipt.path("problems").findValuesAsText("code")).containsExactly("NAME_NOT_REGULAR_FILE");
        assertThat(options).exists();
    }

    @Test
    void a_file_with_two_names_is_refused() throws IOException {
        Files.createLink(server.drop("acme").resolve("hard.csv"), secret);
        acme().whole("hard.csv.json", Dropper.sidecar(1));

        assertThat(receipts().end("hard.csv").path("problems").findValuesAsText("code"))
                .containsExactly("NAME_HARD_LINK");
        assertThat(secret).hasContent(SECRET);
    }

    @Test
    void a_pipe_hangs_nobody() throws Exception {
        run("mkfifo", server.drop("acme").resolve("pipe.csv").toString());
        acme().whole("pipe.csv.json", Dropper.sidecar(1));
        run("mkfifo", server.drop("acme").resolve("pipe-2.csv.json").toString());
        acme().whole("pipe-2.csv", Dropper.csv("pipe-2", 1));

        assertThat(receipts().end("pipe.csv").path("problems").findValuesAsText("code"))
                .containsExactly("NAME_NOT_REGULAR_FILE");
        assertThat(receipts().end("pipe-2.csv").path("problems").findValuesAsText("code"))
                .containsExactly("NAME_NOT_REGULAR_FILE");
    }

    /** Many times more often than there are threads that check; the neighbour's pairs go to the same segment. */
    @Test
    @NeedsProgram("/usr/bin/perl")
    void a_sender_that_exchanges_its_files_for_pipes_stops_nobody() throws Exception {
        String csv = Dropper.csv("exchanged", 1);
        Process sender = attack("csv", Dropper.proving(1, csv), csv);
        try {
            neighbours(10);
            // by chance, and sooner the less else the machine does
            await().atMost(Duration.ofMinutes(1)).until(() -> refusedByLog() >= 6);
            neighbours(2);
        } finally {
            end(sender);
        }
        neighbours(1);
    }

    private static long refusedByLog() {
        return server.log()
                .lines()
                .filter(line -> line.contains("rejected: x-") && line.contains("NAME_NOT_REGULAR_FILE"))
                .count();
    }

    @Test
    @NeedsProgram("/usr/bin/perl")
    void a_sender_that_exchanges_its_receipts_for_a_pipe_stops_nobody() throws Exception {
        Dropper hostile = new Dropper(server.drop("hostile"));
        Files.createDirectories(hostile.drop().resolve("receipts"));
        Process sender = attack("receipts");
        try {
            for (int i = 0; i < 12; i++) {
                hostile.pair("told-" + i + ".csv", Dropper.csv("told-" + i, 1), Dropper.sidecar(4));
            }
            neighbours(10);
        } finally {
            end(sender);
        }
        neighbours(1);
        Path receipts = hostile.drop().resolve("receipts");
        if (!Files.isDirectory(receipts)) {
            Files.delete(receipts);
            Files.move(hostile.drop().resolve(".pipe"), receipts);
        }
        ReceiptReader told = new ReceiptReader(hostile.drop());
        for (int i = 0; i < 12; i++) {
            assertThat(told.end("told-" + i + ".csv").path("state").asText()).isEqualTo("delivered");
        }
    }

    private static Process attack(String what, String... with) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/perl",
                "src/test/resources/exchange.pl",
                what,
                server.drop("hostile").toString()));
        command.addAll(List.of(with));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void end(Process sender) throws InterruptedException {
        sender.destroyForcibly().waitFor();
    }

    private static void neighbours(int many) {
        for (int i = 0; i < many; i++) {
            String name = "neighbour-" + ++neighbours + ".csv";
            acme().pair(name, Dropper.csv(name, 1), Dropper.sidecar(1));
            assertThat(receipts().end(name).path("state").asText()).isEqualTo("delivered");
        }
    }

    @Test
    void a_folder_called_csv_is_left_alone() throws IOException {
        Files.writeString(
                Files.createDirectory(server.drop("acme").resolve("folder.csv")).resolve("x.csv"), SECRET);
        acme().whole("folder.csv.json", Dropper.sidecar(1));

        await().untilAsserted(
                        () -> assertThat(health("acme").path("waiting").asInt()).isPositive());
        assertThat(server.drop("acme").resolve("folder.csv/x.csv")).exists();
    }

    @Test
    void a_name_that_is_no_utf8_stays_and_is_shown() throws Exception {
        run(
                "sh",
                "-c",
                "cd \"$0\" && printf 'email\\n"
                        + "' > \"$(printf 'caf\\351.csv')\" && printf '{}' > \"$(printf 'caf\\351.csv.json')\"",
                server.drop("bytes").toString());
        new Dropper(server.drop("bytes")).pair("good.csv", Dropper.csv("good", 1), Dropper.sidecar(3));

        await().untilAsserted(() -> assertThat(health("bytes").toString()).contains("NAME_NOT_UTF8"));
        assertThat(new ReceiptReader(server.drop("bytes"))
                        .end("good.csv")
                        .path("state")
                        .asText())
                .isEqualTo("delivered");
    }

    @Test
    void receipts_that_are_a_link_close_the_drop() throws IOException {
        Dropper linked = new Dropper(server.drop("linked"));
        linked.pair("held.csv", Dropper.csv("held", 1), Dropper.sidecar(2));

        assertThat(health("linked").path("state").asText()).isEqualTo("closed");
        assertThat(health("linked").path("code").asText()).isEqualTo("SRC_RECEIPTS_LINK");
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(3)).until(() -> !linked.isGone("held.csv"));
        assertThat(files(elsewhere)).isEmpty();

        Files.delete(server.drop("linked").resolve("receipts"));

        assertThat(new ReceiptReader(server.drop("linked"))
                        .end("held.csv")
                        .path("state")
                        .asText())
                .isEqualTo("delivered");
        assertThat(health("linked").path("state").asText()).isEqualTo("open");
        assertThat(files(elsewhere)).isEmpty();
    }

    private static JsonNode health(String drop) {
        return server.json("/actuator/health/drops").path("details").path(drop);
    }

    private static Path deadLetter(JsonNode receipt) {
        return server.home()
                .resolve("dead-letter/acme")
                .resolve(receipt.path("import").asText());
    }

    private static List<String> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
