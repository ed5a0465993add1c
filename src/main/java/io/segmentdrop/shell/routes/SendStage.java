package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.ApiSign;
import io.segmentdrop.core.send.AttemptFacts;
import io.segmentdrop.core.send.Delivery;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ReplyClassifier;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.api.ApiRequest;
import io.segmentdrop.shell.api.Progress;
import io.segmentdrop.shell.api.Slice;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.LedgerJson;
import io.segmentdrop.shell.ledger.Outcomes;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;

/**
 * One attempt: makes the request of a chunk that is recorded as {@code SENDING}, and records what was seen of it and what
 * follows.
 */
public final class SendStage {

    private static final String ASKED = "segmentDropAsked";
    private static final int FAULTS = 3;

    private final Home home;
    private final Imports imports;
    private final Outcomes outcomes;
    private final Doubts doubts;
    private final ApiWatch watch;
    private final SegmentCreation creation;
    private final SendRules rules;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Owed owed = new Owed();
    private final Map<String, Progress> open = new ConcurrentHashMap<>();

    public SendStage(
            Home home,
            Imports imports,
            Outcomes outcomes,
            Doubts doubts,
            ApiWatch watch,
            SegmentCreation creation,
            SendRules rules,
            RandomGenerator random,
            InstantSource clock) {
        this.home = home;
        this.imports = imports;
        this.outcomes = outcomes;
        this.doubts = doubts;
        this.watch = watch;
        this.creation = creation;
        this.rules = rules;
        this.random = random;
        this.clock = clock;
    }

    /** The request of this piece of work; from here on it may have been made. */
    public ApiRequest prepare(Exchange exchange) {
        ApiRequest request = request(exchange);
        exchange.setProperty(ASKED, true);
        return request;
    }

    private ApiRequest request(Exchange exchange) {
        if (Piece.is(exchange, GateProbe.class)) {
            return new ApiRequest.AskSegment(Piece.of(exchange, GateProbe.class).segment());
        }
        Claim claim = Piece.of(exchange, Claim.class);
        return claim.chunk().number() == 0 ? creation.request(claim.row()) : request(claim.row(), claim.chunk());
    }

    /** How far the open request of an import is; empty if it has none. */
    public Optional<Progress> progress(String importId) {
        return Optional.ofNullable(open.get(importId));
    }

    private ApiRequest request(ImportRow row, ChunkRow chunk) {
        Progress progress = new Progress();
        open.put(row.id(), progress);
        Slice slice = new Slice(
                Home.sent(home.work(row.id())),
                chunk.byteOffset(),
                chunk.byteLength(),
                Objects.requireNonNull(row.contentSize()),
                Objects.requireNonNull(row.contentMtime()),
                Objects.requireNonNull(row.header()),
                chunk.sha256());
        return new ApiRequest.Import(
                Objects.requireNonNull(imports.get(row.id()).segment()),
                LedgerJson.fields(row.fields()),
                slice,
                progress);
    }

    /** Records what was seen. */
    public void record(Exchange exchange) {
        Observation seen = Piece.body(exchange, Observation.class);
        if (Piece.is(exchange, GateProbe.class)) {
            watch.probed(seen, clock.instant());
            return;
        }
        Claim claim = Piece.of(exchange, Claim.class);
        open.remove(claim.row().id());
        Instant now = clock.instant();
        CrashPoint.SEND_ANSWERED.hit();
        owed.record(claim, () -> conclude(claim, seen, now));
        CrashPoint.SEND_DONE.hit();
    }

    private void conclude(Claim claim, Observation seen, Instant now) {
        Outcome outcome = ReplyClassifier.classify(seen, now);
        if (claim.chunk().number() == 0 && outcome instanceof Outcome.Accepted accepted) {
            outcome = creation.accepted(claim.row(), seen, accepted);
        }
        ApiSign sign = seen.isStopped() ? ApiSign.NEITHER : outcome.sign();
        watch.seen(claim, outcome, finish(claim, outcome, now), sign, now);
    }

    /** Records what the ledger could not take before; throws if it still does not answer. Asked before each claim. */
    void settleOwed() {
        owed.settle();
    }

    /** Records an attempt that a fault of ours has ended. */
    public void failed(Exchange exchange, Throwable fault) {
        Claim claim = Piece.of(exchange, Claim.class);
        open.remove(claim.row().id());
        if (exchange.getProperty(ASKED) != null) {
            lost(claim, "a fault of segment-drop while the request was open");
        } else {
            unsent(claim, LedgerDatabase.isUnavailable(fault));
        }
    }

    /** Records an attempt of which nobody knows what became, since the program ended or failed while it was open. */
    public void lost(Claim claim, String fault) {
        Outcome outcome = creation.isKnown(claim)
                ? new Outcome.Accepted(Answer.NONE)
                : new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, fault, null);
        owed.record(claim, () -> {
            Instant now = clock.instant();
            finish(claim, outcome, now);
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
            if (again) {
                finish(claim, outcome, clock.instant());
            } else {
                Step hold = new Step.Hold(
                        Code.INTERNAL_FAULT,
                        Code.INTERNAL_FAULT.meaning() + "; " + Code.INTERNAL_FAULT.remedy(),
                        claim.chunk().state());
                outcomes.record(claim, outcome, hold, List.of(), clock.instant());
            }
        });
    }

    private Step finish(Claim claim, Outcome outcome, Instant now) {
        Step step = Delivery.after(facts(claim, outcome, now), rules, random);
        if (claim.chunk().number() == 0 && step instanceof Step.Hold hold && hold.why() == Code.API_IN_DOUBT) {
            step = new Step.Hold(Code.CREATE_IN_DOUBT, hold.reason(), hold.chunk());
        }
        List<PlannedChunk> halves = List.of();
        if (step instanceof Step.Halve halve) {
            try {
                // before the ledger's transaction, since it reads the file
                halves = Halves.of(home, claim, imports.chunks(claim.row().id()));
            } catch (UncheckedIOException e) {
                step = new Step.TryAgain(now.plus(rules.backoff().first()), halve.why(), false, false);
            }
        }
        outcomes.record(claim, outcome, step, halves, now);
        return step;
    }

    private AttemptFacts facts(Claim claim, Outcome outcome, Instant now) {
        ChunkRow chunk = claim.chunk();
        boolean same = chunk.lastCode() == outcome.code();
        return new AttemptFacts(
                outcome,
                doubts.after(claim, outcome),
                chunk.failures() + 1,
                same ? chunk.sameCode() + 1 : 1,
                now,
                chunk.firstFailedAt() == null ? now : Instant.ofEpochMilli(chunk.firstFailedAt()),
                chunk.rowCount() > 1 && !claim.row().clears(),
                imports.isPartlyAccepted(claim.row().id()),
                claim.probe(),
                outcome instanceof Outcome.Redirected
                        && same
                        && chunk.sameAttempt() != null
                        && watch.isOtherLaneRedirected(claim.row(), chunk.sameAttempt()));
    }
}
