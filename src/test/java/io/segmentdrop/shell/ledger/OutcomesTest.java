package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Gate;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each step leaves in the ledger. */
class OutcomesTest {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Outcome ACCEPTED = new Outcome.Accepted(new Answer(201, "{}"));
    private static final Outcome DOWN =
            new Outcome.NotApplied(Code.API_SERVER_ERROR, new Answer(503, "busy"), null, null);
    private static final Outcome DOUBT = new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, "cut off", null);

    @TempDir
    Path home;

    private TestLedger ledger;
    private Claims claims;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        claims = ledger.claims();
        ledger.ready("A", "1", 2);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anAttemptEndsWithWhatTheApiSaid() {
        record(begin(), DOWN, again(true));
        assertThat(ledger.browse().attempts("A")).singleElement().satisfies(attempt -> {
            assertThat(attempt.endedAt()).isEqualTo(NOW.toEpochMilli());
            assertThat(attempt.outcome()).isEqualTo("not applied");
            assertThat(attempt.code()).isEqualTo("API_SERVER_ERROR");
            assertThat(attempt.status()).isEqualTo(503);
            assertThat(attempt.answer()).isEqualTo("busy");
        });
        assertThat(ledger.browse().lastAnswer("A")).contains(new Answer(503, "busy"));
    }

    @Test
    void theLastAcceptedChunkDeliversTheImport() {
        record(begin(), ACCEPTED, new Step.ChunkAccepted());
        assertThat(chunk(1).state()).isEqualTo(ChunkState.ACCEPTED);
        assertThat(chunk(1).acceptedAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(row().state()).isEqualTo(ImportState.READY);

        record(begin(), ACCEPTED, new Step.ChunkAccepted());
        assertThat(row().state()).isEqualTo(ImportState.DELIVERED);
        assertThat(row().reason()).isEqualTo("accepted by OptiPub");
        assertThat(row().code()).isNull();
    }

    @Test
    void acceptedForgetsEarlierFailures() {
        record(begin(), DOWN, again(true));
        assertThat(row().code()).isEqualTo(Code.API_SERVER_ERROR);
        record(
                claims.begin(claims.next(LATER, Set.of()).orElseThrow(), LATER).orElseThrow(),
                ACCEPTED,
                new Step.ChunkAccepted());
        assertThat(chunk(1).lastCode()).isNull();
        assertThat(chunk(1).sameCode()).isZero();
        assertThat(row().code()).as("why it waits").isNull();
    }

    @Test
    void tryAgainPutsTheChunkOffAndCounts() {
        long revision = row().revision();
        record(begin(), DOWN, again(true));

        ChunkRow chunk = chunk(1);
        assertThat(chunk.state()).isEqualTo(ChunkState.PLANNED);
        assertThat(chunk.notBefore()).isEqualTo(LATER.toEpochMilli());
        assertThat(chunk.failures()).isEqualTo(1);
        assertThat(chunk.firstFailedAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(chunk.sameCode()).isEqualTo(1);
        assertThat(row().reason()).isEqualTo(Code.API_SERVER_ERROR.meaning());
        assertThat(row().revision()).as("the partner is not told each time").isEqualTo(revision);
    }

    @Test
    void whatIsNotCountedLeavesNoFailure() {
        record(begin(), DOWN, again(false));
        assertThat(chunk(1).failures()).isZero();
        assertThat(chunk(1).firstFailedAt()).isNull();
    }

    @Test
    void theSameCodeInARowIsCountedFromItsFirst() {
        record(begin(), DOWN, again(true));
        ledger.outcomes()
                .record(
                        claims.begin(claims.next(LATER, Set.of()).orElseThrow(), LATER)
                                .orElseThrow(),
                        DOWN,
                        again(true),
                        List.of(),
                        LATER);
        assertThat(chunk(1).sameCode()).isEqualTo(2);
        assertThat(chunk(1).sameAttempt()).isEqualTo(1);
        assertThat(chunk(1).firstFailedAt()).isEqualTo(NOW.toEpochMilli());

        Instant last = LATER.plusSeconds(1);
        ledger.outcomes()
                .record(
                        claims.begin(claims.next(last, Set.of()).orElseThrow(), last)
                                .orElseThrow(),
                        DOUBT,
                        new Step.TryAgain(last, Code.API_THROTTLED, false, false),
                        List.of(),
                        last);
        assertThat(chunk(1).sameCode()).isEqualTo(1);
        assertThat(chunk(1).sameAttempt()).isEqualTo(3);
    }

    @Test
    void aDoubtIsRememberedFromWhenItsAttemptBegan() {
        record(begin(), DOUBT, new Step.SendAgain(LATER, Code.API_IN_DOUBT, true, false));
        assertThat(chunk(1).state()).isEqualTo(ChunkState.IN_DOUBT);
        assertThat(chunk(1).doubts()).isEqualTo(1);
        assertThat(chunk(1).doubtSince()).isEqualTo(NOW.toEpochMilli());

        Claim second =
                claims.begin(claims.next(LATER, Set.of()).orElseThrow(), LATER).orElseThrow();
        ledger.outcomes()
                .record(second, DOUBT, new Step.SendAgain(LATER, Code.API_IN_DOUBT, true, false), List.of(), LATER);
        assertThat(chunk(1).doubts()).isEqualTo(2);
        assertThat(chunk(1).doubtSince()).isEqualTo(NOW.toEpochMilli());
        assertThat(chunk(1).doubtAttempt()).isEqualTo(1);
    }

    @Test
    void halvesReplaceWhatIsLeft() {
        record(begin(), ACCEPTED, new Step.ChunkAccepted());
        List<PlannedChunk> halves = List.of(
                new PlannedChunk(2, 100, 50, 5, "ef".repeat(32)), new PlannedChunk(3, 150, 50, 5, "ef".repeat(32)));
        ledger.outcomes()
                .record(
                        begin(),
                        new Outcome.TooLarge(new Answer(413, "")),
                        new Step.Halve(Code.API_TOO_LARGE),
                        halves,
                        NOW);

        assertThat(ledger.imports().chunks("A"))
                .extracting(ChunkRow::number, ChunkRow::state, ChunkRow::rowCount)
                .containsExactly(
                        tuple(1, ChunkState.ACCEPTED, 10L),
                        tuple(2, ChunkState.PLANNED, 5L),
                        tuple(3, ChunkState.PLANNED, 5L));
        assertThat(ledger.events().of("A").getLast().detail())
                .isEqualTo("413: what is left goes out in 2 smaller chunks");
    }

    @Test
    void aHoldShutsTheLane() {
        record(
                begin(),
                new Outcome.SegmentRefused(Code.SEG_NOT_FOUND, new Answer(404, "")),
                new Step.Hold(Code.SEG_NOT_FOUND, "no such segment", ChunkState.PLANNED));
        assertThat(row().state()).isEqualTo(ImportState.HELD);
        assertThat(row().code()).isEqualTo(Code.SEG_NOT_FOUND);
        assertThat(row().reason()).isEqualTo("no such segment");
        assertThat(chunk(1).state()).isEqualTo(ChunkState.PLANNED);
        assertThat(claims.next(LATER, Set.of())).isEmpty();
    }

    @Test
    void undeliverableEndsTheImportAndKeepsWhatIsUnsent() {
        record(
                begin(),
                new Outcome.Refused(new Answer(422, "")),
                new Step.Undeliverable(Code.API_REFUSED, "refused", ChunkState.REFUSED));
        assertThat(row().state()).isEqualTo(ImportState.UNDELIVERABLE);
        assertThat(row().finishedAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(ledger.imports().chunks("A"))
                .extracting(ChunkRow::state)
                .containsExactly(ChunkState.REFUSED, ChunkState.PLANNED);
    }

    @ParameterizedTest
    @CsvSource({"API,api", "CREDENTIAL,credential", "DROP,drop:acme"})
    void aGateClosesAndTheChunkWaits(Gate gate, String name) {
        record(begin(), DOWN, new Step.CloseGate(gate, Code.API_OUTAGE, "down", again(false)));
        assertThat(ledger.gates().closed()).extracting(GateRow::name).containsExactly(name);
        assertThat(chunk(1).state()).isEqualTo(ChunkState.PLANNED);
        assertThat(chunk(1).failures()).isZero();
        assertThat(row().state()).isEqualTo(ImportState.READY);
    }

    /** The receipt of before says that it is sent when its turn comes. */
    @Test
    void thePartnerHearsOfAClosedGateOnce() {
        long before = row().revision();
        Step close = new Step.CloseGate(
                Gate.API, Code.API_TLS, "it has ended", new Step.TryAgain(NOW, Code.API_TLS, false, false));
        record(begin(), DOWN, close);
        assertThat(row().revision()).isEqualTo(before + 1);

        ledger.gates().probeNow("api", NOW);
        record(begin(), DOWN, close);
        assertThat(row().revision()).isEqualTo(before + 1);
    }

    private static Step.TryAgain again(boolean counted) {
        return new Step.TryAgain(LATER, Code.API_SERVER_ERROR, counted, false);
    }

    private Claim begin() {
        return claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW).orElseThrow();
    }

    private void record(Claim claim, Outcome outcome, Step step) {
        ledger.outcomes().record(claim, outcome, step, List.of(), NOW);
    }

    private ImportRow row() {
        return ledger.imports().get("A");
    }

    private ChunkRow chunk(int number) {
        return ledger.imports().chunks("A").get(number - 1);
    }
}
