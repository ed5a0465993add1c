package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which attempt is next: the order of lanes, and all that keeps a lane shut. */
class ClaimsTest {

    private static final Instant LATER = NOW.plusSeconds(3600);

    @TempDir
    Path home;

    private TestLedger ledger;
    private Claims claims;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        claims = ledger.claims();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void nothingIsNextInAnEmptyLedger() {
        assertThat(next()).isEmpty();
        assertThat(claims.open()).isEmpty();
        assertThat(claims.segmentToProbe(NOW)).isEmpty();
    }

    @Test
    void theOldestImportOfEachLaneGoesFirst() {
        ledger.ready("A", "1", 1);
        ledger.ready("B", "1", 1);
        ledger.ready("C", "2", 1);

        assertThat(next()).contains("A/1");
        begin();
        assertThat(next()).as("another lane goes beside").contains("C/1");
        begin();
        assertThat(next()).as("a lane has one open request").isEmpty();
    }

    @Test
    void chunksGoInTheirOrder() {
        ledger.ready("A", "1", 2);
        ledger.ready("B", "1", 1);

        accept(begin());
        assertThat(next()).contains("A/2");
        accept(begin());
        assertThat(next()).contains("B/1");
    }

    @Test
    void theSegmentIsCreatedFirst() {
        ledger.taken("A", "1");
        ledger.plan("A", "1", 1, ResendClass.SAFE, false, true);
        assertThat(next()).contains("A/0");
    }

    @ParameterizedTest
    @EnumSource
    void anOlderImportThatHasNotEndedShutsItsLane(ImportState older) {
        ledger.taken("A", "1");
        if (older == ImportState.READY || older == ImportState.DELIVERED) {
            ledger.plan("A", "1", 1, ResendClass.SAFE, false, false);
        }
        if (older != ImportState.TAKEN && older != ImportState.READY) {
            ledger.imports().change("A", older, null, "x", Imports.SELF, NOW);
        }
        if (older == ImportState.READY) {
            begin();
        }
        ledger.ready("B", "1", 1);

        assertThat(next()).isEqualTo(older.isFinal() ? Optional.of("B/1") : Optional.empty());
    }

    @Test
    void aTakeThatIsNotFinishedShutsItsLane() {
        ledger.begun("A", "acme", "a.csv", "1");
        ledger.ready("B", "1", 1);
        assertThat(next()).isEmpty();
    }

    @Test
    void anImportWithoutALaneShutsNone() {
        ledger.taken("A", null);
        ledger.ready("B", "1", 1);
        assertThat(next()).contains("B/1");
    }

    @Test
    void aChunkWaitsForItsTimeAndItsLaneWithIt() {
        ledger.ready("A", "1", 2);
        ledger.ready("B", "1", 1);
        record(begin(), notApplied(), new Step.TryAgain(LATER, Code.API_THROTTLED, false, false));

        assertThat(next()).isEmpty();
        assertThat(claims.next(LATER, Set.of()).map(Claims.Head::chunk).map(ChunkRow::number))
                .contains(1);
    }

    @Test
    void aRefusedChunkIsNotSentAgain() {
        ledger.ready("A", "1", 1);
        record(begin(), new Outcome.Refused(Answer.NONE), new Step.Hold(Code.API_REFUSED, "x", ChunkState.REFUSED));
        ledger.imports().change("A", ImportState.READY, null, "released", "ann", NOW);
        assertThat(claims.next(LATER, Set.of())).isEmpty();
    }

    @Test
    void aBeginIsRecordedBeforeItIsAnswered() {
        ledger.ready("A", "1", 1);

        Claim claim = begin();

        assertThat(claim.probe()).isFalse();
        assertThat(ledger.imports().chunks("A")).singleElement().satisfies(chunk -> {
            assertThat(chunk.state()).isEqualTo(ChunkState.SENDING);
            assertThat(chunk.attempts()).isEqualTo(1);
        });
        assertThat(ledger.browse().attempts("A"))
                .containsExactly(
                        new AttemptRow(claim.attempt(), "A", 1, 1, NOW.toEpochMilli(), null, null, null, null, null));
        assertThat(claims.open()).singleElement().satisfies(open -> {
            assertThat(open.attempt()).isEqualTo(claim.attempt());
            assertThat(open.startedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void anEndedAttemptIsNoLongerOpen() {
        ledger.ready("A", "1", 1);
        accept(begin());
        assertThat(claims.open()).isEmpty();
    }

    @Test
    void aPausedDropSendsNothing() {
        ledger.ready("A", "1", 1);
        ledger.gates().close(Gates.ofDrop("acme"), Code.DROP_PAUSED, "x", "ann", NOW);
        assertThat(next()).isEmpty();
        ledger.gates().open(Gates.ofDrop("acme"), "ann", NOW);
        assertThat(next()).contains("A/1");
    }

    @Test
    void anotherPausedDropDoesNotMatter() {
        ledger.ready("A", "1", 1);
        ledger.gates().close(Gates.ofDrop("beta"), Code.DROP_PAUSED, "x", "ann", NOW);
        assertThat(claims.next(NOW, Set.of()).map(Claims.Head::probe)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {Gates.API, Gates.CREDENTIAL})
    void aClosedGateLetsOneProbeThroughFromTimeToTime(String gate) {
        ledger.ready("A", "1", 1);
        ledger.ready("B", "2", 1);
        ledger.gates().close(gate, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        Instant probeAt =
                Instant.ofEpochMilli(ledger.gates().find(gate).orElseThrow().probeAt());

        assertThat(claims.next(probeAt.minusMillis(1), Set.of())).isEmpty();
        Claims.Head head = claims.next(probeAt, Set.of()).orElseThrow();
        assertThat(head.probe()).isTrue();
        assertThat(head.row().id()).isEqualTo("A");

        claims.begin(head, probeAt);
        assertThat(claims.next(probeAt.plusSeconds(1), Set.of()))
                .as("one at a time")
                .isEmpty();
        assertThat(claims.next(probeAt.plusSeconds(300), Set.of()))
                .as("as long as it is open")
                .isEmpty();
    }

    @Test
    void bothGatesMustBeDue() {
        ledger.ready("A", "1", 1);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        ledger.gates().close(Gates.CREDENTIAL, Code.CRED_REJECTED, "x", Imports.SELF, LATER);
        assertThat(claims.next(LATER, Set.of())).isEmpty();
        assertThat(claims.next(LATER.plusSeconds(6), Set.of())).isPresent();
    }

    @Test
    void anUnsafeImportIsNeverAProbe() {
        ledger.ready("A", "1", 1, ResendClass.UNSAFE);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);

        assertThat(claims.next(LATER, Set.of())).isEmpty();
        assertThat(claims.segmentToProbe(NOW)).isEmpty();
        assertThat(claims.segmentToProbe(LATER)).contains(7L);

        ledger.ready("B", "2", 1);
        assertThat(claims.next(LATER, Set.of()).map(head -> head.row().id())).contains("B");
    }

    @Test
    void theCreationOfASegmentIsNeverAProbe() {
        ledger.taken("A", "1");
        ledger.plan("A", "1", 1, ResendClass.SAFE, false, true);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        assertThat(claims.next(LATER, Set.of())).isEmpty();
        assertThat(claims.segmentToProbe(LATER)).isPresent();
    }

    @Test
    void nothingIsProbedWhereNothingWaits() {
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "x", Imports.SELF, NOW);
        assertThat(claims.segmentToProbe(LATER)).isEmpty();
    }

    @Test
    void whatWasSentLaterInTheLaneIsSeen() {
        ImportRow first = ledger.ready("A", "1", 1);
        ledger.ready("B", "2", 1);
        Claim own = begin();
        segment("B", 8);
        begin();
        assertThat(claims.isLaterSent(first, own.attempt() - 1))
                .as("its own attempt")
                .isFalse();

        segment("B", 7);
        assertThat(claims.isLaterSent(first, own.attempt()))
                .as("sent to its segment, which was in another lane then")
                .isTrue();

        segment("B", 8);
        ledger.imports().change("A", ImportState.DISCARDED, null, "x", "ann", NOW);
        ledger.ready("C", "1", 1);
        // the clock was set back meanwhile, which changes no order
        Instant earlier = NOW.minusSeconds(3600);
        Claim later =
                claims.begin(claims.next(NOW, Set.of()).orElseThrow(), earlier).orElseThrow();
        assertThat(claims.isLaterSent(first, own.attempt())).isTrue();
        assertThat(claims.isLaterSent(first, later.attempt())).isFalse();
    }

    private void segment(String id, long segment) {
        LedgerDatabase database = ledger.database();
        database.inTransaction(() -> {
            database.write()
                    .sql("update import set segment = ? where id = ?")
                    .params(segment, id)
                    .update();
        });
    }

    @Test
    void aRedirectOfAnotherLaneIsSeen() {
        ImportRow first = ledger.ready("A", "1", 1);
        ImportRow second = ledger.ready("B", "2", 1);
        Claim redirected = begin();
        record(
                redirected,
                new Outcome.Redirected(Answer.NONE, "/"),
                new Step.TryAgain(LATER, Code.API_302_FAILURE, true, true));

        assertThat(claims.isOtherLaneRedirected(first, 0)).isFalse();
        assertThat(claims.isOtherLaneRedirected(second, redirected.attempt() - 1))
                .isTrue();
        assertThat(claims.isOtherLaneRedirected(second, redirected.attempt())).isFalse();
    }

    private Optional<String> next() {
        return claims.next(NOW, Set.of())
                .map(head -> head.row().id() + "/" + head.chunk().number());
    }

    private Claim begin() {
        return claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW).orElseThrow();
    }

    private void accept(Claim claim) {
        record(claim, new Outcome.Accepted(Answer.NONE), new Step.ChunkAccepted());
    }

    private void record(Claim claim, Outcome outcome, Step step) {
        ledger.outcomes().record(claim, outcome, step, List.of(), NOW);
    }

    private static Outcome notApplied() {
        return new Outcome.NotApplied(Code.API_THROTTLED, Answer.NONE, null, null);
    }
}
