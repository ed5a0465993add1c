package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.ApiSign;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Outcomes;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * How attempts end: each branch of {@code 30-send} is a method here, and each is one transaction of the ledger. Promise: what
 * was seen of a request is recorded before anything else is sent, also if the ledger does not answer for a while.
 */
public final class AttemptEnds {

    private static final int FAULTS = 3;

    private final Home home;
    private final Imports imports;
    private final Outcomes outcomes;
    private final SendStage stage;
    private final ApiWatch watch;
    private final SegmentCreation creation;
    private final OpenRequests open;
    private final SendRules rules;
    private final InstantSource clock;
    private final Owed owed = new Owed();

    public AttemptEnds(
            Home home,
            Imports imports,
            Outcomes outcomes,
            SendStage stage,
            ApiWatch watch,
            SegmentCreation creation,
            OpenRequests open,
            SendRules rules,
            InstantSource clock) {
        this.home = home;
        this.imports = imports;
        this.outcomes = outcomes;
        this.stage = stage;
        this.watch = watch;
        this.creation = creation;
        this.open = open;
        this.rules = rules;
        this.clock = clock;
    }

    /** The chunk is done, and with the last one the import. */
    public void accepted(Exchange exchange) {
        end(exchange);
    }

    /** The chunk is sent again after its pause. */
    public void again(Exchange exchange) {
        end(exchange);
    }

    /** What is left goes out in halves. */
    public void halve(Exchange exchange) {
        end(exchange);
    }

    /** The import waits for a person, and its lane with it. */
    public void hold(Exchange exchange) {
        end(exchange);
    }

    /** The import is a dead letter; {@code 40-settle} moves it. */
    public void undeliverable(Exchange exchange) {
        end(exchange);
    }

    /** The chunk waits until its gate opens. */
    public void closeGate(Exchange exchange) {
        end(exchange);
    }

    /** The gate opens, or stays closed. */
    public void probed(Exchange exchange) {
        watch.probed(Piece.body(exchange, Verdict.class).seen(), clock.instant());
        Piece.settle(exchange);
    }

    private void end(Exchange exchange) {
        Claim claim = Piece.of(exchange, Claim.class);
        Verdict verdict = Piece.body(exchange, Verdict.class);
        owed.record(claim, () -> end(claim, verdict));
        Piece.settle(exchange);
        CrashPoint.SEND_DONE.hit();
    }

    private void end(Claim claim, Verdict verdict) {
        if (claim.chunk().number() == 0 && verdict.isAccepted()) {
            creation.remember(claim.row(), verdict.seen());
        }
        Step step = record(claim, verdict.outcome(), Objects.requireNonNull(verdict.step()), verdict.now());
        ApiSign sign =
                verdict.seen().isStopped() ? ApiSign.NEITHER : verdict.outcome().sign();
        watch.seen(claim, verdict.outcome(), step, sign, verdict.now());
    }

    /** The step that was recorded: a file that cannot be read now is cut at its next attempt. */
    private Step record(Claim claim, Outcome outcome, Step step, Instant now) {
        List<PlannedChunk> halves = List.of();
        Step recorded = step;
        if (step instanceof Step.Halve halve) {
            try {
                // before the ledger's transaction, since it reads the file
                halves = Halves.of(home, claim, imports.chunks(claim.row().id()));
            } catch (UncheckedIOException e) {
                recorded = new Step.TryAgain(now.plus(rules.backoff().first()), halve.why(), false, false);
            }
        }
        outcomes.record(claim, outcome, recorded, halves, now);
        return recorded;
    }

    /** Records what the ledger could not take before; throws if it still does not answer. Asked before each claim. */
    void settleOwed() {
        owed.settle();
    }

    /** Records an attempt whose route did not come to its end. */
    void failed(Exchange exchange, Throwable fault) {
        Claim claim = Piece.of(exchange, Claim.class);
        open.end(claim.row().id());
        Observation seen = SendStage.seen(exchange);
        if (!SendStage.isAsked(exchange)) {
            unsent(claim, LedgerDatabase.isUnavailable(fault));
        } else if (seen != null && LedgerDatabase.isUnavailable(fault)) {
            // the answer is known, though not yet what it means for the chunk
            owed.record(claim, () -> end(claim, stage.verdict(claim, seen)));
        } else {
            lost(claim, "a fault of segment-drop while the request was open");
        }
    }

    /** Records an attempt of which nobody knows what became, since the program ended or failed while it was open. */
    public void lost(Claim claim, String fault) {
        Outcome outcome = creation.isKnown(claim)
                ? new Outcome.Accepted(Answer.NONE)
                : new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, fault, null);
        owed.record(claim, () -> {
            Instant now = clock.instant();
            record(claim, outcome, stage.step(claim, outcome, now), now);
            watch.ended(claim, outcome, now);
        });
    }

    /** Records an attempt whose request was certainly never made. */
    void unsent(Claim claim, boolean ledgerFailed) {
        Outcome outcome = new Outcome.NotApplied(Code.INTERNAL_FAULT, Answer.NONE, "the request was not made", null);
        boolean again = ledgerFailed
                || claim.chunk().lastCode() != Code.INTERNAL_FAULT
                || claim.chunk().sameCode() < FAULTS - 1;
        owed.record(claim, () -> {
            Instant now = clock.instant();
            Step step = again
                    ? stage.step(claim, outcome, now)
                    : new Step.Hold(
                            Code.INTERNAL_FAULT,
                            Code.INTERNAL_FAULT.meaning() + "; " + Code.INTERNAL_FAULT.remedy(),
                            claim.chunk().state());
            record(claim, outcome, step, now);
        });
    }
}
