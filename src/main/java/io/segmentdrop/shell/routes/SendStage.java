package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.AttemptFacts;
import io.segmentdrop.core.send.Delivery;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ReplyClassifier;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.api.ApiRequest;
import io.segmentdrop.shell.api.Slice;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: makes the request of a chunk that is recorded as {@code SENDING}, and says what came of it. It changes nothing
 * in the ledger; {@link AttemptEnds} does.
 */
public final class SendStage {

    /** Set when the request may have been made. */
    private static final String ASKED = "asked";

    /** What was seen of the request. */
    private static final String SEEN = "seen";

    private final Home home;
    private final Imports imports;
    private final Doubts doubts;
    private final ApiWatch watch;
    private final SegmentCreation creation;
    private final OpenRequests open;
    private final SendRules rules;
    private final RandomGenerator random;
    private final InstantSource clock;

    public SendStage(
            Home home,
            Imports imports,
            Doubts doubts,
            ApiWatch watch,
            SegmentCreation creation,
            OpenRequests open,
            SendRules rules,
            RandomGenerator random,
            InstantSource clock) {
        this.home = home;
        this.imports = imports;
        this.doubts = doubts;
        this.watch = watch;
        this.creation = creation;
        this.open = open;
        this.rules = rules;
        this.random = random;
        this.clock = clock;
    }

    /** The request of this piece of work; from here on it may have been made. */
    public ApiRequest request(Exchange exchange) {
        ApiRequest request = of(exchange);
        exchange.setVariable(ASKED, true);
        return request;
    }

    private ApiRequest of(Exchange exchange) {
        if (Piece.is(exchange, GateProbe.class)) {
            return new ApiRequest.AskSegment(Piece.of(exchange, GateProbe.class).segment());
        }
        Claim claim = Piece.of(exchange, Claim.class);
        return claim.chunk().number() == 0 ? creation.request(claim.row()) : chunk(claim.row(), claim.chunk());
    }

    private ApiRequest chunk(ImportRow row, ChunkRow chunk) {
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
                open.begin(row.id()));
    }

    /** What came of it, as what was seen and what is known say. */
    public Verdict verdict(Exchange exchange) {
        Observation seen = Piece.body(exchange, Observation.class);
        exchange.setVariable(SEEN, seen);
        if (Piece.is(exchange, GateProbe.class)) {
            Instant now = clock.instant();
            return new Verdict(seen, ReplyClassifier.classify(seen, now), null, now);
        }
        Claim claim = Piece.of(exchange, Claim.class);
        open.end(claim.row().id());
        CrashPoint.SEND_ANSWERED.hit();
        return verdict(claim, seen);
    }

    Verdict verdict(Claim claim, Observation seen) {
        Instant now = clock.instant();
        Outcome outcome = ReplyClassifier.classify(seen, now);
        if (claim.chunk().number() == 0 && outcome instanceof Outcome.Accepted accepted) {
            outcome = creation.judged(seen, accepted);
        }
        return new Verdict(seen, outcome, step(claim, outcome, now), now);
    }

    /** What follows from an outcome. */
    Step step(Claim claim, Outcome outcome, Instant now) {
        Step step = Delivery.after(facts(claim, outcome, now), rules, random);
        return claim.chunk().number() == 0 && step instanceof Step.Hold hold && hold.why() == Code.API_IN_DOUBT
                ? new Step.Hold(Code.CREATE_IN_DOUBT, hold.reason(), hold.chunk())
                : step;
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

    /** Whether the request of this exchange may have been made. */
    static boolean isAsked(Exchange exchange) {
        return exchange.getVariable(ASKED) != null;
    }

    /** What was seen of it; null if nobody came to look. */
    static @Nullable Observation seen(Exchange exchange) {
        return Piece.find(exchange, SEEN, Observation.class);
    }
}
