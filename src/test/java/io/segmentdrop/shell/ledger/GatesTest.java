package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.Step;
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

/** Gates close with one event, put their probe off, and open as if nothing had failed. */
class GatesTest {

    @TempDir
    Path home;

    private TestLedger ledger;
    private Gates gates;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        gates = ledger.gates();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anOpenGateHasNoRow() {
        assertThat(gates.closed()).isEmpty();
        gates.open(Gates.API, Imports.SELF, NOW);
        assertThat(events()).isEmpty();
    }

    @Test
    void closingTwicePutsTheProbeOffAndIsOneEvent() {
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        GateRow first = gates.find(Gates.API).orElseThrow();
        Instant again = Instant.ofEpochMilli(first.probeAt());
        gates.close(Gates.API, Code.API_OUTAGE, "down in other words", "ann", again);

        GateRow second = gates.find(Gates.API).orElseThrow();
        assertThat(second.probes()).isEqualTo(2);
        assertThat(second.probeAt()).isGreaterThan(again.toEpochMilli());
        assertThat(second.closedAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(second.reason()).isEqualTo("down in other words");
        assertThat(events()).containsExactly("gate closed: api: API_OUTAGE: down");
    }

    @Test
    void anotherCauseIsTold() {
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        gates.close(Gates.API, Code.API_TLS, "it has ended", Imports.SELF, NOW);
        gates.close(Gates.API, Code.API_TLS, "it has ended", Imports.SELF, NOW);
        gates.close(Gates.API, Code.API_TLS, "it is for another host", Imports.SELF, NOW);

        GateRow gate = gates.find(Gates.API).orElseThrow();
        assertThat(gate.code()).isEqualTo(Code.API_TLS);
        assertThat(gate.reason()).isEqualTo("it is for another host");
        assertThat(events())
                .containsExactly(
                        "gate closed: api: API_OUTAGE: down",
                        "gate closed: api: API_TLS: it has ended",
                        "gate closed: api: API_TLS: it is for another host");
    }

    @Test
    void theProbeComesWithinItsBackoff() {
        for (int probes = 1; probes <= 12; probes++) {
            gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
            Duration wait = Duration.between(
                    NOW,
                    Instant.ofEpochMilli(gates.find(Gates.API).orElseThrow().probeAt()));
            assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(Math.min(900, 5L << (probes - 1))));
        }
    }

    @Test
    void openingForgetsItsProbes() {
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        gates.open(Gates.API, Imports.SELF, NOW);
        gates.open(Gates.API, Imports.SELF, NOW);

        assertThat(gates.closed()).isEmpty();
        assertThat(events()).containsExactly("gate closed: api: API_OUTAGE: down", "gate opened: api");
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        assertThat(gates.find(Gates.API).orElseThrow().probes()).isEqualTo(1);
    }

    @Test
    void openingLetsWhatFailedGoAtOnceButForWhatTheApiAskedToPause() {
        ledger.ready("A", "1", 1);
        ledger.ready("B", "2", 1);
        fail(Code.API_SERVER_ERROR);
        fail(Code.API_THROTTLED);
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        gates.open(Gates.API, Imports.SELF, NOW);

        assertThat(chunk("A").notBefore()).isZero();
        assertThat(chunk("A").failures()).isZero();
        assertThat(chunk("A").firstFailedAt()).isNull();
        assertThat(chunk("B").notBefore()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
        assertThat(chunk("B").failures()).isZero();
    }

    @Test
    void openingDoesNotTouchADoubt() {
        ledger.ready("A", "1", 1);
        Claim claim = ledger.claims()
                .begin(ledger.claims().next(NOW, Set.of()).orElseThrow(), NOW)
                .orElseThrow();
        Step again = new Step.SendAgain(NOW.plusSeconds(60), Code.API_IN_DOUBT, true, false);
        ledger.outcomes()
                .record(claim, new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, null, null), again, List.of(), NOW);
        gates.close(Gates.API, Code.API_OUTAGE, "down", Imports.SELF, NOW);
        gates.open(Gates.API, Imports.SELF, NOW);

        assertThat(chunk("A").state()).isEqualTo(ChunkState.IN_DOUBT);
        assertThat(chunk("A").doubts()).isEqualTo(1);
        assertThat(chunk("A").notBefore()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
    }

    @Test
    void aMendedCauseIsTriedAtOnce() {
        gates.close(Gates.CREDENTIAL, Code.CRED_REJECTED, "refused", Imports.SELF, NOW);
        gates.probeNow(Gates.CREDENTIAL, NOW.plusMillis(1));
        GateRow gate = gates.find(Gates.CREDENTIAL).orElseThrow();
        assertThat(gate.probeAt()).isEqualTo(NOW.plusMillis(1).toEpochMilli());
        assertThat(gate.probes()).isZero();
    }

    @Test
    void aDropsGateIsTheDropsEvent() {
        gates.close(Gates.ofDrop("acme"), Code.DROP_PAUSED, "a look at the files", "ann", NOW);
        assertThat(gates.closed()).extracting(GateRow::name).containsExactly("drop:acme");
        assertThat(ledger.database()
                        .read()
                        .sql("select drop_name || ' ' || actor from event")
                        .query((row, number) -> row.getString(1))
                        .list())
                .containsExactly("acme ann");
    }

    private void fail(Code code) {
        Claim claim = ledger.claims()
                .begin(ledger.claims().next(NOW, Set.of()).orElseThrow(), NOW)
                .orElseThrow();
        Step again = new Step.TryAgain(NOW.plusSeconds(60), code, true, false);
        ledger.outcomes().record(claim, new Outcome.NotApplied(code, Answer.NONE, null, null), again, List.of(), NOW);
    }

    private ChunkRow chunk(String id) {
        return ledger.imports().chunks(id).getFirst();
    }

    private List<String> events() {
        return ledger.database()
                .read()
                .sql("select kind || ': ' || detail from event where kind like 'gate%' order by id")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
