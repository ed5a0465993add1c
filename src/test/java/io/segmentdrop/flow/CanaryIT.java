package io.segmentdrop.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.Reply;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key and an address that nothing else says go through every way an import may take, with everything logged at TRACE and a
 * kill in between. Afterwards neither is found where it does not belong: logs, ledger, metrics, pages, receipts.
 */
class CanaryIT {

    private static final String KEY = "canary-key-4f1d9c7e2b";
    private static final String ADDRESS = "canary.bird.8a6e0d";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey(KEY));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void neither_key_nor_address_is_found_where_it_does_not_belong() throws IOException {
        api.always(head -> head.segment().equals(Optional.of(2L)), Fault.answer(422, echo("refused")));
        api.forSegment(3, new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.RESET));
        api.always(
                head -> head.segment().equals(Optional.of(4L)),
                Fault.redirect("/back?token=" + KEY + "&who=" + address("x")));
        api.forSegment(5, Fault.answer(403, echo("forbidden")));
        api.forSegment(6, Fault.answer(500, echo("Server Error")));
        api.forSegment(7, new Fault.Answered(Fault.Effect.APPLIED, Reply.json(201, echo("true"))));
        api.forSegment(8, new Fault.Raw(Fault.Effect.APPLIED, "HTTP/1.1 201 Cre" + KEY + address("y")));
        api.forSegment(9, Fault.answer(413, echo("too large")));
        List<Pair> pairs = List.of(
                Pair.adds("good.csv", 1, address("good"), address("other")),
                Pair.adds("refused.csv", 2, address("refused")),
                Pair.campaign("doubt.csv", 3, address("doubt")),
                Pair.adds("back.csv", 4, address("back")),
                Pair.adds("forbidden.csv", 5, address("forbidden")),
                Pair.adds("again.csv", 6, address("again")),
                Pair.adds("breach.csv", 7, address("breach")),
                Pair.campaign("broken-off.csv", 8, address("off")),
                Pair.adds("large.csv", 9, address("large"), address("larger")),
                Pair.adds("rows.csv", 10, ADDRESS + "@", address("bad") + "\t\u0001", "\"" + ADDRESS),
                Pair.broken("sidecar.csv", 11, address("sidecar"))
                        .saying("\"x-" + ADDRESS + "\": 1, \"tagsToAdd\": \"" + address("tag") + "\""),
                Pair.clears("cleared.csv", 12, address("cleared")));
        Path drop = temporary.resolve("drops").resolve("acme");
        try (Server server = Server.launch(setup())) {
            Pair.drop(drop, pairs);
            assertThat(server.exit()).isEqualTo(CrashPoint.EXIT);
            server.restart();
            await().atMost(LIMIT).until(() -> atRest(server, pairs));
            Set<String> states = new TreeSet<>();
            LedgerBook.of(server.home()).imports().forEach(one -> states.add(one.state()));
            assertThat(states).containsExactly("DELIVERED", "HELD", "REJECTED", "UNDELIVERABLE");

            assertThat(server.log()).as("the log is at TRACE").contains(" TRACE ");
            clean("the log", server.log());
            for (String path : pages(server)) {
                clean(path, server.get(path).body());
            }
        }
        try (Stream<Path> ledger = Files.list(temporary.resolve("home"))) {
            for (Path file : ledger.filter(Files::isRegularFile).toList()) {
                clean("the home's " + file.getFileName(), new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        for (Path receipt : files(drop.resolve("receipts"), "receipt.json")) {
            clean("a receipt", Files.readString(receipt, UTF_8));
        }
        for (Path reason : files(temporary.resolve("home"), "reason.json")) {
            clean("a reason", Files.readString(reason, UTF_8));
        }
        assertThat(files(drop.resolve("receipts"), "rejects.csv"))
                .as("the partner's own rows")
                .isNotEmpty();
    }

    @Test
    void a_planted_leak_is_found() {
        for (String leak : List.of("Authorization: Bearer " + KEY, "WARN row 17: " + address("planted") + ",x")) {
            assertThatThrownBy(() -> clean("a planted line", "before\n" + leak + "\nafter"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a planted line");
        }
    }

    private static String address(String who) {
        return ADDRESS + "+" + who + "@example.com";
    }

    /** An answer that repeats what it was sent. */
    private static String echo(String word) {
        return "{\"error\":true,\"message\":\"" + word + " " + address("echo") + " Bearer " + KEY + "\"}";
    }

    private static Set<String> pages(Server server) {
        Set<String> pages =
                new HashSet<>(Set.of("/actuator/prometheus", "/actuator/health", "/api/imports", "/api/drops", "/"));
        LedgerBook.of(server.home()).imports().forEach(one -> pages.add("/api/imports/" + one.id()));
        return pages;
    }

    private static void clean(String where, String text) {
        assertThat(text.contains(KEY)).as("the key in " + where).isFalse();
        int at = text.indexOf(ADDRESS);
        assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60)))
                .as("the address in " + where)
                .isEmpty();
    }

    private static List<Path> files(Path folder, String end) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(end)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean atRest(Server server, List<Pair> pairs) {
        LedgerBook book = LedgerBook.of(server.home());
        Set<String> open = Set.of("TAKEN", "READY");
        return book.untold() == 0
                && pairs.stream()
                        .allMatch(pair ->
                                book.imports(pair.file()).stream().anyMatch(one -> !open.contains(one.state())));
    }

    private Server.Setup setup() {
        StringBuilder segments = new StringBuilder("[{id: 1}");
        for (int id = 2; id < 20; id++) {
            segments.append(", {id: ").append(id).append('}');
        }
        return Server.Setup.of(temporary, api.uri())
                .with("segment-drop.api.token", KEY)
                .drop("acme", segments.append(']').toString())
                .drop("acme", "allow-clear", "true")
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "1s")
                .with("logging.level.root", "TRACE")
                .with("logging.level.org.apache", "TRACE")
                .with("logging.level.org.springframework", "TRACE")
                .with("logging.level.org.apache.commons.dbcp2", "TRACE")
                .with("logging.level.io.segmentdrop", "TRACE")
                .jvm("-D" + CrashPoint.PROPERTY + "=" + CrashPoint.SEND_ANSWERED.word() + ":3");
    }
}
