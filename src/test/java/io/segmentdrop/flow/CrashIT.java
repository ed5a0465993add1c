package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.Journal;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.Server;
import io.segmentdrop.testkit.Torture;
import io.segmentdrop.testkit.TortureTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jar ends at a named place as if it was killed, and is started again; each start has new pairs to work on and the
 * place at which it is to end next. At last it drains, and the oracle finds every promise kept. The short form ends at eight
 * places; the long form at every place three times in random order, some of them in the recovery from the one before.
 */
class CrashIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final TortureTable TABLE = new TortureTable("kill -9");

    /** In the order of a pair's way; both of one way's recovery directly after a kill that leaves something to recover. */
    private static final List<CrashPoint> SHORT = List.of(
            CrashPoint.TAKE_ONE_MOVED,
            CrashPoint.RECOVERY_TAKES,
            CrashPoint.CHECK_WRITTEN,
            CrashPoint.SEND_RECORDED,
            CrashPoint.RECOVERY_ATTEMPTS,
            CrashPoint.SEND_ANSWERED,
            CrashPoint.SETTLE_MOVED,
            CrashPoint.RECEIPT_WRITTEN);

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private final List<Pair> dropped = new ArrayList<>();

    @AfterEach
    void stop() {
        api.close();
    }

    @AfterAll
    static void show() {
        TABLE.end();
    }

    @Test
    void everything_is_kept_however_often_the_program_is_killed() {
        List<CrashPoint> places = Torture.LONG ? round(new Random(2026)) : SHORT;
        Path drop = temporary.resolve("drops").resolve("acme");
        try (Server server = Server.launch(setup().jvm(at(places.getFirst())))) {
            for (int i = 0; i < places.size(); i++) {
                if (!places.get(i).name().startsWith("RECOVERY")) {
                    drop(drop, i);
                }
                assertThat(server.exit()).as("the exit at " + places.get(i)).isEqualTo(CrashPoint.EXIT);
                if (i + 1 < places.size()) {
                    server.restart(List.of(at(places.get(i + 1))));
                }
            }
            server.restart();
            await().atMost(LIMIT).until(() -> atRest(server.home()));
        }
        List<Oracle.Violation> violations = Oracle.violations(temporary.resolve("home"), drop, dropped, api);
        TABLE.add(violations);
        assertThat(violations).isEmpty();
        assertThat(places).containsAll(Torture.LONG ? places() : List.of());
    }

    /** Those of a server's drop are struck in a test of their own. */
    private static List<CrashPoint> places() {
        return Arrays.stream(CrashPoint.values())
                .filter(place -> !place.name().startsWith("MIRROR"))
                .toList();
    }

    /** Every place in a random order, three times; a recovery only where there is something to recover. */
    private static List<CrashPoint> round(Random random) {
        List<CrashPoint> places = new ArrayList<>();
        for (int times = 0; times < 3; times++) {
            List<CrashPoint> shuffled = new ArrayList<>(places());
            shuffled.removeIf(place -> place.name().startsWith("RECOVERY"));
            java.util.Collections.shuffle(shuffled, random);
            for (CrashPoint place : shuffled) {
                places.add(place);
                if (random.nextInt(3) == 0) {
                    places.add(random.nextBoolean() ? CrashPoint.RECOVERY_TAKES : CrashPoint.RECOVERY_ATTEMPTS);
                }
            }
        }
        places.add(CrashPoint.RECOVERY_TAKES);
        places.add(CrashPoint.RECOVERY_ATTEMPTS);
        return places;
    }

    private void drop(Path drop, int i) {
        long segment = 1 + 4L * i;
        List<Pair> more = List.of(
                Pair.adds("adds-" + i + ".csv", segment, "a" + i + "@example.com", "b" + i + "@example.com"),
                Pair.campaign("campaign-" + i + ".csv", segment + 1, "c" + i + "@example.com"),
                Pair.broken("broken-" + i + ".csv", segment + 2, "d" + i + "@example.com"),
                Pair.adds("again-" + i + ".csv", segment, "a" + i + "@example.com"));
        Pair.drop(drop, more);
        dropped.addAll(more);
    }

    private boolean atRest(Path home) {
        LedgerBook book = LedgerBook.of(home);
        Set<String> resting = Set.of("DELIVERED", "REJECTED", "HELD");
        return book.untold() == 0
                && dropped.stream()
                        .allMatch(pair ->
                                book.imports(pair.file()).stream().anyMatch(one -> resting.contains(one.state())));
    }

    @Test
    void asked_to_end_it_finishes_the_open_request_and_begins_no_other() {
        api.forSegment(1, new Fault.InBody(60, Fault.Manner.STALL));
        Path drop = temporary.resolve("drops").resolve("acme");
        dropped.add(Pair.campaign("open.csv", 1, "a@example.com"));
        dropped.add(Pair.adds("next.csv", 1, "b@example.com"));
        try (Server server = Server.start(setup())) {
            Pair.drop(drop, dropped);
            await().atMost(LIMIT).until(() -> api.stalled() == 1);
            java.util.concurrent.CompletableFuture<Integer> exit =
                    java.util.concurrent.CompletableFuture.supplyAsync(server::stop);
            await().during(Duration.ofMillis(700)).atMost(LIMIT).until(() -> !exit.isDone());
            api.release();
            assertThat(exit.join()).isZero();
            assertThat(api.journal().imports(1))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.progress()).isEqualTo(Journal.Progress.COMPLETE));
            assertThat(LedgerBook.of(server.home())
                            .imports("open.csv")
                            .getFirst()
                            .state())
                    .isEqualTo("DELIVERED");
            server.restart();
            await().atMost(LIMIT).until(() -> atRest(server.home()));
        }
        assertThat(Oracle.violations(temporary.resolve("home"), drop, dropped, api))
                .isEmpty();
    }

    private static String at(CrashPoint place) {
        return "-D" + CrashPoint.PROPERTY + "=" + place.word();
    }

    private Server.Setup setup() {
        String segments = Stream.iterate(1, n -> n + 1)
                .limit(400)
                .map(n -> "{id: " + n + "}")
                .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        return Server.Setup.of(temporary, api.uri())
                .drop("acme", segments)
                .drop("acme", "scan-every", "50ms")
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "1s");
    }
}
