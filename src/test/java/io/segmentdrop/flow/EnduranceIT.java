package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.Journal;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.Server;
import io.segmentdrop.testkit.Torture;
import io.segmentdrop.testkit.TortureTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jar under many pairs, while it is killed at any time or the API is away. The long form ({@code -Ptorture}) is the
 * one of the promises: 500 pairs and 50 kills, 200 pairs and a minute without the API.
 */
class EnduranceIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int LANES = 20;
    private static final TortureTable KILLED = new TortureTable("kill -9 at any time");
    private static final TortureTable AWAY = new TortureTable("API away");

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    @AfterEach
    void stop() {
        api.close();
    }

    @AfterAll
    static void show() {
        KILLED.end();
        AWAY.end();
    }

    @Test
    void the_segments_end_as_if_it_had_never_been_killed() {
        int kills = Torture.LONG ? 50 : 3;
        List<Pair> pairs = pairs(Torture.LONG ? 500 : 60);
        Random random = new Random(ThreadLocalRandom.current().nextLong());
        Duration between = Duration.ofSeconds(Torture.LONG ? 2 : 1);
        try (Server server = Server.launch(setup())) {
            CompletableFuture<Void> dropping = CompletableFuture.runAsync(
                    () -> dropOver(pairs, between.multipliedBy(2L * kills).dividedBy(pairs.size())));
            for (int i = 0; i < kills; i++) {
                // a start that is only sometimes waited for, so that a kill also strikes recovery and half a start
                if (random.nextInt(4) > 0) {
                    server.ready();
                }
                pause(Duration.ofMillis(random.nextLong(1, between.toMillis())));
                server.kill();
                server.restart(List.of());
            }
            dropping.join();
            server.ready();
            await().atMost(LIMIT).until(() -> areDone(pairs));
        }
        judge(KILLED, pairs);
    }

    @Test
    void what_waits_for_the_api_goes_out_once_and_in_order() {
        List<Pair> pairs = pairs(Torture.LONG ? 200 : 40);
        api.always(head -> true, Fault.answer(503, "{}"));
        try (Server server = Server.launch(setup())) {
            Pair.drop(drop(), pairs);
            server.ready();
            await().atMost(LIMIT).until(() -> book().imports().size() == pairs.size());
            pause(Duration.ofSeconds(Torture.LONG ? 60 : 2));
            assertThat(book().imports()).noneMatch(one -> one.state().equals("DELIVERED"));
            api.heal();
            await().atMost(LIMIT).until(() -> areDone(pairs));
        }
        judge(AWAY, pairs);
        for (long lane = 1; lane <= LANES; lane++) {
            assertThat(api.journal().imports(lane).stream()
                            .filter(Journal.Entry::applied)
                            .count())
                    .isEqualTo(pairsOf(pairs, lane));
        }
    }

    private static long pairsOf(List<Pair> pairs, long segment) {
        return pairs.stream()
                .filter(pair -> pair.segment() == segment && pair.kind() != Pair.Kind.BROKEN)
                .count();
    }

    private void judge(TortureTable table, List<Pair> pairs) {
        List<Oracle.Violation> violations = Oracle.violations(temporary.resolve("home"), drop(), pairs, api);
        table.add(violations);
        assertThat(violations).isEmpty();
    }

    /** Additions that overlap within a lane, so that a wrong order shows, and one in ten that is refused. */
    private static List<Pair> pairs(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> i % 10 == 9
                        ? Pair.broken("p%04d.csv".formatted(i), 1 + i % LANES, "x@example.com")
                        : Pair.adds(
                                "p%04d.csv".formatted(i),
                                1 + i % LANES,
                                "everybody@example.com",
                                "p" + i + "@example.com"))
                .toList();
    }

    private void dropOver(List<Pair> pairs, Duration pause) {
        Instant mtime = Instant.parse("2026-02-01T00:00:00Z");
        for (Pair pair : pairs) {
            mtime = mtime.plusSeconds(1);
            pair.into(drop(), mtime);
            pause(pause);
        }
    }

    /** The world's own time, not a wait for a result. */
    private static void pause(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private boolean areDone(List<Pair> pairs) {
        Set<String> ends = Set.of("DELIVERED", "REJECTED");
        LedgerBook book = book();
        return book.imports().size() == pairs.size()
                && book.untold() == 0
                && book.imports().stream().allMatch(one -> ends.contains(one.state()));
    }

    private LedgerBook book() {
        return LedgerBook.of(temporary.resolve("home"));
    }

    private Path drop() {
        return temporary.resolve("drops").resolve("acme");
    }

    private Server.Setup setup() {
        String segments = IntStream.rangeClosed(1, LANES)
                .mapToObj(n -> "{id: " + n + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        return Server.Setup.of(temporary, api.uri())
                .drop("acme", segments)
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "1s");
    }
}
