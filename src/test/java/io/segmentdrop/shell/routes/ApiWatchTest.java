package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe that is no import says of a closed gate. */
class ApiWatchTest {

    @TempDir
    private Path home;

    private TestLedger ledger;
    private ApiWatch watch;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        Metrics metrics = new Metrics(new SimpleMeterRegistry());
        watch = new ApiWatch(ledger.gates(), ledger.claims(), metrics, Traces.NONE);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "the API is down.", Imports.SELF, NOW);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void theGateSaysWhatKeepsItClosed() {
        probed(WireFault.Kind.TLS, "found one: it has ended");
        assertGate(Code.API_TLS, "found one: it has ended.");
        probed(WireFault.Kind.TLS, "found one: it has ended");
        probed(WireFault.Kind.TLS, "found one: it is for another host");
        assertGate(Code.API_TLS, "found one: it is for another host.");
        probed(WireFault.Kind.WIRE, "expected a connection, but it was refused");
        assertGate(Code.API_OUTAGE, "the API is down: not applied; it is probed from time to time.");

        assertThat(LedgerBook.of(home).events())
                .containsExactly(
                        "gate closed: api: API_OUTAGE: the API is down.",
                        "gate closed: api: API_TLS: found one: it has ended.",
                        "gate closed: api: API_TLS: found one: it is for another host.",
                        "gate closed: api: API_OUTAGE: the API is down: not applied; it is probed from time to time.");
    }

    @Test
    void aProbeThatWeStoppedSaysNothing() {
        probed(WireFault.Kind.ENDING, "the program was ending");

        assertGate(Code.API_OUTAGE, "the API is down.");
    }

    @Test
    void anAnswerOpensIt() {
        watch.probed(new Observation(Phase.ANSWER_COMPLETE, true, 404, null, null, "", null), NOW);

        assertThat(ledger.gates().closed()).isEmpty();
    }

    private void probed(WireFault.Kind kind, String words) {
        watch.probed(new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", new WireFault(kind, words)), NOW);
    }

    private void assertGate(Code code, String reason) {
        assertThat(ledger.gates().closed())
                .extracting(gate -> List.of(gate.code(), gate.reason()))
                .containsExactly(List.of(code, reason));
    }
}
