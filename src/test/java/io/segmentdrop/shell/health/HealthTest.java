package io.segmentdrop.shell.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.testkit.SetClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Each detail of health says what to do. */
class HealthTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final SetClock clock = new SetClock(NOON);
    private final DropBoard board = new DropBoard();

    private Health drops(Map<String, FeedState> feeds, Map<String, String> gates) {
        return new DropStates(board, Map.of("acme", Duration.ofSeconds(1)), () -> feeds, () -> gates, clock).health();
    }

    @SuppressWarnings("unchecked") // a drop's detail is a map
    private static MapAssert<String, Object> acme(Health health) {
        return assertThat(
                (Map<String, Object>) Objects.requireNonNull(health.getDetails().get("acme")));
    }

    @Test
    void aDropThatIsScannedIsUp() {
        Watch.Waiting half = new Watch.Waiting("a.csv", Code.SIDE_MISSING, NOON.minusSeconds(60));
        board.scanned("acme", NOON, List.of(half), 2);

        Health health = drops(Map.of(), Map.of());

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        acme(health)
                .containsEntry("state", "open")
                .containsEntry("lastScan", "2026-11-20T12:00:00Z")
                .containsEntry("oldestWaiting", "a.csv")
                .containsEntry("oldestWaitingNext", Code.SIDE_MISSING.remedy())
                .containsEntry("ignored", 2);
    }

    @Test
    void aDropThatTakesNothingIsDownAndSaysWhy() {
        board.scanned("acme", NOON, List.of(), 0);
        board.closed("acme", Code.SRC_DIR_MISSING, "no folder");

        Health health = drops(Map.of(), Map.of());

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        acme(health)
                .containsEntry("state", "closed")
                .containsEntry("reason", "no folder")
                .containsEntry("next", Code.SRC_DIR_MISSING.remedy());
    }

    @Test
    void aPartnerThatCannotBeToldIsANoteWithWhatToDo() {
        board.scanned("acme", NOON, List.of(), 0);
        board.note("acme", List.of(new DropBoard.Note(Code.SRC_PERMISSION, "no right")));
        board.untold("acme", new DropBoard.Note(Code.SRC_RECEIPTS_REFUSED, "full"));
        board.untold("old", new DropBoard.Note(Code.DROP_GONE, "gone"));

        Health health = drops(Map.of(), Map.of());

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        acme(health)
                .containsEntry(
                        "notes",
                        List.of(
                                Map.of(
                                        "code",
                                        "SRC_PERMISSION",
                                        "reason",
                                        "no right",
                                        "next",
                                        Code.SRC_PERMISSION.remedy()),
                                Map.of(
                                        "code",
                                        "SRC_RECEIPTS_REFUSED",
                                        "reason",
                                        "full",
                                        "next",
                                        Code.SRC_RECEIPTS_REFUSED.remedy())));
        assertThat(health.getDetails())
                .containsEntry(
                        "old",
                        Map.of(
                                "state",
                                "gone",
                                "code",
                                "DROP_GONE",
                                "reason",
                                "gone",
                                "next",
                                Code.DROP_GONE.remedy()));

        board.told("acme");
        board.told("old");
        assertThat(board.notes("acme")).hasSize(1);
        assertThat(drops(Map.of(), Map.of()).getDetails()).containsOnlyKeys("acme");
    }

    @Test
    void aDropThatIsNotLookedAtAnyMoreIsDown() {
        board.scanned("acme", NOON, List.of(), 0);
        board.moves("acme", clock.elapsed());
        clock.advance(Duration.ofMinutes(5));
        assertThat(drops(Map.of(), Map.of()).getStatus()).isEqualTo(Status.UP);
        clock.advance(Duration.ofMillis(1));

        Health health = drops(Map.of(), Map.of());

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        acme(health)
                .containsEntry("state", "still")
                .containsEntry("reason", "expected a sign of life within 300 s, found none for 300 s")
                .containsKey("next");
    }

    @Test
    void aLookThatStandsStillIsDown() {
        board.closed("acme", Code.DISK_RESERVE, "an older reason");
        board.looks("acme", clock.elapsed());
        clock.advance(Duration.ofSeconds(30));
        acme(drops(Map.of(), Map.of())).containsEntry("state", "closed");
        clock.advance(Duration.ofMillis(1));

        Health health = drops(Map.of(), Map.of());

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        acme(health)
                .containsEntry("state", "still")
                .containsEntry(
                        "reason",
                        "expected each look at the folder to end within 30 s, found one that has not for 30 s");
        board.moves("acme", clock.elapsed());
        acme(drops(Map.of(), Map.of())).containsEntry("state", "closed");
    }

    @Test
    void aDropThatIsLookedAtSeldomHasMoreTime() {
        board.add("acme");
        board.looks("acme", clock.elapsed());
        clock.advance(Duration.ofMinutes(20));
        DropStates seldom = new DropStates(board, Map.of("acme", Duration.ofMinutes(1)), Map::of, Map::of, clock);
        assertThat(seldom.health().getStatus()).isEqualTo(Status.UP);
        clock.advance(Duration.ofMillis(1));
        assertThat(seldom.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aClockThatIsSetMakesNoDropStandStill() {
        board.scanned("acme", NOON, List.of(), 0);
        board.moves("acme", clock.elapsed());
        clock.set(Duration.ofDays(1));
        assertThat(drops(Map.of(), Map.of()).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aPauseAndALateFeedAreToldAndNoFault() {
        board.scanned("acme", NOON, List.of(), 0);
        FeedState late = new FeedState(FeedState.Word.LATE, LocalDate.parse("2026-11-20"), NOON.minusSeconds(1), 0, 1);

        Health health = drops(Map.of("acme", late), Map.of("acme", "DROP_PAUSED: by alice"));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        acme(health)
                .containsEntry("state", "taking, but not sending")
                .containsEntry("reason", "DROP_PAUSED: by alice")
                .containsEntry("feed", "late")
                .containsEntry("feedReason", "expected 1 file by 2026-11-20T11:59:59Z for 2026-11-20, found 0")
                .containsEntry("feedNext", late.next());
    }

    @Test
    void aLedgerThatDoesNotAnswerIsToldElsewhere() {
        board.add("acme");
        DropStates states = new DropStates(
                board,
                Map.of(),
                Map::of,
                () -> {
                    throw new IllegalStateException("no ledger");
                },
                clock);

        acme(states.health()).containsEntry("lastScan", "none yet; the first comes at once");
        assertThat(new GateStates(() -> {
                            throw new IllegalStateException("no ledger");
                        })
                        .health()
                        .getStatus())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void gatesAreOpenOrSayWhy() {
        assertThat(new GateStates(Map::of).health())
                .isEqualTo(Health.up().withDetail("gates", "open").build());
        assertThat(new GateStates(() -> Map.of("api", "API_OUTAGE: it is down")).health())
                .isEqualTo(Health.down()
                        .withDetail("api", "API_OUTAGE: it is down")
                        .build());
    }

    @Test
    void theProcessNeedsItsLedgerAndItsFolders(@TempDir Path home) throws IOException {
        for (String name : List.of("work", "archive", "dead-letter", "spool")) {
            Files.createDirectory(home.resolve(name));
        }
        assertThat(new OwnParts(home, () -> OwnParts.Written.YES, () -> 0)
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);

        Health silent = new OwnParts(home, () -> OwnParts.Written.NO, () -> 0).health();
        assertThat(silent.getStatus()).isEqualTo(Status.DOWN);
        assertThat(silent.getDetails().get("ledger")).asString().contains("check the disk under home");

        Health forgetful = new OwnParts(home, () -> OwnParts.Written.YES, () -> 12).health();
        assertThat(forgetful.getStatus()).isEqualTo(Status.UP);
        assertThat(forgetful.getDetails().get("ledger"))
                .isEqualTo("writable; it lost its memory of 12 imports, which are dead letters with LEDGER_UNKNOWN: see"
                        + " whether each was sent, then replay it");

        Files.delete(home.resolve("spool"));
        Health torn = new OwnParts(home, () -> OwnParts.Written.YES, () -> 0).health();
        assertThat(torn.getStatus()).isEqualTo(Status.DOWN);
        assertThat(torn.getDetails().get("home"))
                .asString()
                .startsWith("expected a writable folder spool in the home, found none; ");
    }

    /** Somebody's shell or a backup tool holds the ledger: the probe says so and does not wait for it. */
    @Test
    void aLockedLedgerIsToldWithoutWaitingForIt(@TempDir Path home) throws Exception {
        for (String name : List.of("work", "archive", "dead-letter", "spool")) {
            Files.createDirectory(home.resolve(name));
        }
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger questions = new AtomicInteger();
        OwnParts own = new OwnParts(
                home,
                () -> {
                    questions.incrementAndGet();
                    waitFor(free);
                    return OwnParts.Written.YES;
                },
                () -> 0);
        try {
            for (int probe = 0; probe < 3; probe++) {
                Health locked = own.health();
                assertThat(locked.getStatus()).isEqualTo(Status.DOWN);
                assertThat(locked.getDetails().get("ledger")).asString().startsWith("ledger locked: ");
                assertThat(locked.getDetails().get("home")).isEqualTo("writable");
            }
            assertThat(questions)
                    .as("probes that come meanwhile ask nothing more")
                    .hasValue(1);
        } finally {
            free.countDown();
        }
        await().untilAsserted(() -> assertThat(own.health().getStatus()).isEqualTo(Status.UP));

        assertThat(new OwnParts(home, () -> OwnParts.Written.LOCKED, () -> 0)
                        .health()
                        .getDetails()
                        .get("ledger"))
                .asString()
                .startsWith("ledger locked: ");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
