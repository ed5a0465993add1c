package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.ApiSign;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.ReplyClassifier;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.OutcomeWord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what the attempts say of the API as a whole: several signs in a row that it is down close its gate, one that it
 * works opens it.
 */
public final class ApiWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ApiWatch.class);
    private static final int OUTAGE = 3;

    private final Gates gates;
    private final Claims claims;
    private final Metrics metrics;
    private final Traces traces;
    private final AtomicInteger down = new AtomicInteger();

    public ApiWatch(Gates gates, Claims claims, Metrics metrics, Traces traces) {
        this.gates = gates;
        this.claims = claims;
        this.metrics = metrics;
        this.traces = traces;
    }

    boolean isOtherLaneRedirected(ImportRow row, long attempt) {
        return claims.isOtherLaneRedirected(row, attempt);
    }

    /**
     * Takes note of one attempt.
     *
     * @param sign what it says of the API
     */
    void seen(Claim claim, Outcome outcome, Step step, ApiSign sign, Instant now) {
        ended(claim, outcome, now);
        log(claim, outcome, step);
        sign(sign, claim.probe(), outcome, now);
        // a redirect may be the key's fault, so that it proves nothing for it
        if (sign == ApiSign.WORKS && claim.probe() && !(outcome instanceof Outcome.Redirected)) {
            gates.open(Gates.CREDENTIAL, Imports.SELF, now);
        }
    }

    /** Counts an attempt that has ended, and traces it. */
    void ended(Claim claim, Outcome outcome, Instant now) {
        String word = OutcomeWord.of(outcome);
        metrics.attempt(word, Duration.between(claim.startedAt(), now));
        if (outcome instanceof Outcome.Accepted) {
            metrics.sent(claim.row().dropName(), (double) claim.chunk().rowCount(), (double)
                    claim.chunk().byteLength());
        }
        traces.attempt(new Traces.Attempt(
                claim.row().id(),
                claim.row().dropName(),
                claim.chunk().number(),
                number(claim.chunk()),
                word,
                outcome.code() == null ? "" : outcome.code().name(),
                outcome.answer().status(),
                claim.startedAt(),
                now));
    }

    /** A claim that was just made has not counted its own attempt yet. */
    private static int number(ChunkRow chunk) {
        return chunk.state() == ChunkState.SENDING ? chunk.attempts() : chunk.attempts() + 1;
    }

    private void sign(ApiSign sign, boolean probe, Outcome outcome, Instant now) {
        switch (sign) {
            case WORKS -> {
                down.set(0);
                gates.open(Gates.API, Imports.SELF, now);
            }
            case DOWN -> {
                if (down.incrementAndGet() >= OUTAGE || probe) {
                    outage(outcome, now);
                }
            }
            case NEITHER -> {}
        }
    }

    private void outage(Outcome outcome, Instant now) {
        String reason = "the API is down: " + OutcomeWord.of(outcome) + "; it is probed from time to time.";
        gates.close(Gates.API, Code.API_OUTAGE, reason, Imports.SELF, now);
    }

    /** Takes note of a probe that was no import: any whole answer below 500 but a refused key opens the gates. */
    void probed(Observation seen, Instant now) {
        boolean answered = seen.phase() == Phase.ANSWER_COMPLETE && seen.status() > 0 && seen.status() < 500;
        Outcome outcome = ReplyClassifier.classify(seen, now);
        if (answered && !(outcome instanceof Outcome.CredentialRejected)) {
            down.set(0);
            gates.open(Gates.API, Imports.SELF, now);
            gates.open(Gates.CREDENTIAL, Imports.SELF, now);
        } else if (!seen.isStopped()) {
            stillClosed(outcome, now);
        }
    }

    /** The gate says what keeps it closed by now; its next probe was put off before this one was made. */
    private void stillClosed(Outcome outcome, Instant now) {
        Optional<GateRow> gate = gates.find(Gates.API);
        if (outcome.code() == Code.API_TLS) {
            String reason = outcome.fault() + ".";
            if (gate.isEmpty() || !gate.get().reason().equals(reason)) {
                gates.close(Gates.API, Code.API_TLS, reason, Imports.SELF, now);
            }
        } else if (outcome.sign() == ApiSign.DOWN
                && gate.isPresent()
                && gate.get().code() != Code.API_OUTAGE) {
            outage(outcome, now);
        }
    }

    private static void log(Claim claim, Outcome outcome, Step step) {
        String id = claim.row().id();
        int chunk = claim.chunk().number();
        if (outcome instanceof Outcome.Accepted) {
            LOG.info("{} chunk {} accepted: {} rows", id, chunk, claim.chunk().rowCount());
        } else {
            LOG.warn("{} chunk {} {}: {}", id, chunk, OutcomeWord.of(outcome), next(step));
        }
    }

    private static String next(Step step) {
        return switch (step) {
            case Step.ChunkAccepted accepted -> "done";
            case Step.TryAgain again -> again.why() + "; tried again at " + again.notBefore();
            case Step.SendAgain again -> again.why() + "; sent again at " + again.notBefore();
            case Step.Halve halve -> halve.why() + "; what is left goes out in smaller chunks";
            case Step.Hold hold -> hold.why() + "; held for a person";
            case Step.Undeliverable end -> end.why() + "; undeliverable";
            case Step.CloseGate close -> close.why() + "; waits for its gate";
        };
    }
}
