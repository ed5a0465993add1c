package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.SteadyClock.Jump;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits, counts and holds in the ledger when the clock is set, while the program runs and while it does not. */
class TimesTest {

    private static final Duration RETRY = Duration.ofHours(1);
    private static final Duration PROBE = Duration.ofMinutes(15);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration NOTICE = Duration.ofMinutes(30);

    private static final Duration SOON = Duration.ofMinutes(10);

    @TempDir
    Path home;

    private TestLedger ledger;
    private Times times;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        times = new Times(ledger.database(), ledger.events(), new Times.Longest(RETRY, PROBE, PAUSE, NOTICE));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 60, 3_600, 86_400})
    void aRetryIsMovedWithAJump(long seconds) {
        attempt("A", again(NOW.plus(SOON)));
        Instant then = NOW.plusSeconds(seconds);

        times.move(new Jump(NOW, then));

        assertThat(isNext(then.plus(SOON).minusMillis(1))).isFalse();
        assertThat(isNext(then.plus(SOON))).isTrue();
    }

    @Test
    void whatIsDueStaysDue() {
        ledger.ready("A", "1", 1);

        times.move(new Jump(NOW, NOW.minusSeconds(3600)));

        assertThat(isNext(NOW.minusSeconds(3600))).isTrue();
        assertThat(ledger.imports().get("A").notBefore()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -60, 60, 86_400})
    void aClosedGateIsProbedAtOnceAfterAJump(long seconds) {
        ledger.ready("A", "1", 1);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        assertThat(isNext(NOW)).isFalse();
        Instant then = NOW.plusSeconds(seconds);

        times.move(new Jump(NOW, then));

        assertThat(isNext(then)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void noticesAndReceiptsAreMovedWithAJump(long seconds) {
        Notices notices = new Notices(ledger.database());
        ledger.imports().tellings().tellLater(ledger.taken("A", "1").id(), NOW.plus(PAUSE));
        ledger.events().feed(News.FEED_LATE, "acme", "x", NOW);
        notices.failed(notices.next(NOW).orElseThrow(), NOW);
        Instant then = NOW.plusSeconds(seconds);

        times.move(new Jump(NOW, then));

        assertThat(notices.next(then)).isEmpty();
        assertThat(notices.next(then.plusSeconds(10))).isPresent();
        assertThat(ledger.imports().tellings().next(List.of(), List.of(), then)).isEmpty();
        assertThat(ledger.imports().tellings().next(List.of(), List.of(), then.plus(PAUSE)))
                .isPresent();
    }

    @Test
    void noWaitIsLongerThanItsRuleAllows() {
        Notices notices = new Notices(ledger.database());
        attempt("A", again(NOW.plusSeconds(3601)));
        ledger.imports().checkLater(ledger.taken("B", "2").id(), NOW.plusSeconds(6));
        ledger.imports().tellings().tellLater("B", NOW.plusSeconds(6));
        ledger.events().feed(News.FEED_LATE, "acme", "x", NOW);
        notices.told(notices.next(NOW).orElseThrow(), NOTICE.plusSeconds(1), NOW);
        ledger.events().feed(News.FEED_LATE, "acme", "x", NOW);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW.plusSeconds(3600));

        times.hear(NOW);

        assertThat(isNext(NOW)).isTrue();
        assertThat(ledger.imports().nextToCheck(List.of(), NOW)).isPresent();
        assertThat(ledger.imports().tellings().next(List.of(), List.of(), NOW)).isPresent();
        assertThat(notices.next(NOW)).isPresent();
    }

    @Test
    void whatTheRulesAllowIsLeft() {
        attempt("A", again(NOW.plus(RETRY)));

        times.hear(NOW);

        assertThat(isNext(NOW.plus(RETRY).minusMillis(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-864_000, -3_600, 3_600, 864_000})
    void aHoldAndGivingUpCountTheTimeThatPassed(long seconds) {
        attempt("A", again(NOW));
        ledger.inState("B", ImportState.HELD);
        Instant before = NOW.plus(Duration.ofHours(10));
        Instant then = before.plusSeconds(seconds);

        times.move(new Jump(before, then));

        assertHeldAndFailingFor(Duration.ofHours(10), then);
    }

    @ParameterizedTest
    @ValueSource(longs = {-864_000, 0, 3_600, 864_000_000})
    void aStopCountsForNeither(long seconds) {
        attempt("A", again(NOW));
        ledger.inState("B", ImportState.HELD);
        Instant last = NOW.plus(Duration.ofHours(10));
        times.hear(last);
        Instant then = last.plusSeconds(seconds);

        times.resume(then);

        assertHeldAndFailingFor(Duration.ofHours(10), then);
    }

    private void assertHeldAndFailingFor(Duration time, Instant now) {
        assertThat(ledger.imports().chunks("A").getFirst().firstFailedAt())
                .isEqualTo(now.minus(time).toEpochMilli());
        Decisions decisions = new Decisions(ledger.database(), ledger.imports(), ledger.events());
        assertThat(decisions.endHolds(now.minus(time).minusMillis(1), now)).isZero();
        assertThat(decisions.endHolds(now.minus(time), now)).isEqualTo(1);
    }

    @Test
    void theWindowOfADoubtNeverGrows() {
        attempt("A", doubt());

        times.move(new Jump(NOW.plusSeconds(60), NOW.minusSeconds(3540)));
        assertThat(doubtSince()).as("back: the minute that passed").isEqualTo(NOW.minusSeconds(3600));

        times.move(new Jump(NOW.minusSeconds(3540), NOW));
        assertThat(doubtSince()).as("ahead: it may have passed").isEqualTo(NOW.minusSeconds(3600));

        times.resume(NOW.plusSeconds(60));
        assertThat(doubtSince()).as("a stop: what passed").isEqualTo(NOW.minusSeconds(3600));

        times.resume(NOW.minusSeconds(3600));
        assertThat(doubtSince()).as("set back in a stop: nobody knows").isEqualTo(Instant.EPOCH);
    }

    @Test
    void theLastDeliveredImportStaysAsOldAsItIs() {
        ledger.inState("A", ImportState.DELIVERED);
        ledger.inState("B", ImportState.DELIVERED);

        times.move(new Jump(NOW.plusSeconds(60), NOW.plusSeconds(864_000)));

        Instant then = NOW.plusSeconds(864_000 - 60);
        assertThat(ledger.imports().lastDelivered("lane-A", then)).isPresent();
        assertThat(ledger.imports().lastDelivered("lane-B", then)).isPresent();
        assertThat(ledger.imports().lastDelivered("lane-B", then.plusMillis(1))).isEmpty();
        assertThat(ledger.imports().get("A").finishedAt())
                .as("its folder is named by it")
                .isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void aClockThatWasSetBackInAStopIsNoticedOnce() {
        attempt("A", again(NOW.plus(SOON)));
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        times.hear(NOW);
        Instant then = NOW.minusSeconds(3600);

        assertThat(times.resume(then)).contains(new Jump(NOW, then));
        assertThat(times.resume(then)).isEmpty();

        ledger.gates().open(Gates.API, Imports.SELF, then);
        assertThat(isNext(then.plus(SOON))).isTrue();
        assertThat(kinds()).containsOnlyOnce("clock set back");
    }

    @Test
    void aJumpIsOneEvent() {
        times.move(new Jump(NOW, NOW.plusSeconds(3600)));

        assertThat(kinds()).containsExactly("clock set ahead");
        assertThat(times.lastSeen()).contains(NOW.plusSeconds(3600));
    }

    @Test
    void anIdleLedgerIsNotWritten() {
        times.hear(NOW);
        assertThat(times.lastSeen()).isEmpty();
        assertThat(times.resume(NOW)).isEmpty();
    }

    private List<String> kinds() {
        return ledger.database()
                .read()
                .sql("select kind from event where import_id is null and kind like 'clock%'")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private boolean isNext(Instant now) {
        return ledger.claims().next(now, Set.of()).isPresent();
    }

    private Instant doubtSince() {
        return Instant.ofEpochMilli(java.util.Objects.requireNonNull(
                ledger.imports().chunks("A").getFirst().doubtSince()));
    }

    /** An import of which one attempt has ended, so. */
    private void attempt(String id, Step step) {
        ledger.ready(id, "lane " + id, 1, ResendClass.SAFE_IN_WINDOW);
        Claims claims = ledger.claims();
        Claim claim =
                claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW).orElseThrow();
        Outcome outcome = step instanceof Step.SendAgain
                ? new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, "cut", null)
                : new Outcome.NotApplied(Code.API_SERVER_ERROR, Answer.NONE, null, null);
        ledger.outcomes().record(claim, outcome, step, List.of(), NOW);
    }

    private static Step again(Instant at) {
        return new Step.TryAgain(at, Code.API_SERVER_ERROR, true, false);
    }

    private static Step doubt() {
        return new Step.SendAgain(NOW, Code.API_IN_DOUBT, false, false);
    }
}
