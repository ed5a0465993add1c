package io.segmentdrop.core.send;

import static io.segmentdrop.core.send.Gate.API;
import static io.segmentdrop.core.send.Gate.CREDENTIAL;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens after an attempt (design, section 7). Only a fault of the file makes a dead letter, or a chunk that
 * kept failing by itself for long; an attempt that may have been applied is repeated as its re-send class allows, whatever
 * happened to later attempts.
 */
public final class Delivery {

    private static final int TRIES = 3;

    private final AttemptFacts facts;
    private final SendRules rules;
    private final RandomGenerator random;

    private Delivery(AttemptFacts facts, SendRules rules, RandomGenerator random) {
        this.facts = facts;
        this.rules = rules;
        this.random = random;
    }

    /** What the ledger does now that the attempt has ended; {@code random} is for the jitter of the backoff. */
    public static Step after(AttemptFacts facts, SendRules rules, RandomGenerator random) {
        return new Delivery(facts, rules, random).step();
    }

    /**
     * Asked before each attempt, right before {@code SENDING} is committed: the hold if the chunk is in doubt and may not, or
     * no longer, be sent again by itself; empty if it may be sent.
     */
    public static Optional<Step.Hold> before(Doubt doubt, Instant now, SendRules rules) {
        return doubt.againstIt(now, rules.resendWindow())
                .map(clause -> new Step.Hold(Code.API_IN_DOUBT, Reasons.inDoubt(clause), ChunkState.IN_DOUBT));
    }

    private Step step() {
        return switch (facts.outcome()) {
            case Outcome.Accepted accepted -> new Step.ChunkAccepted();
            case Outcome.Refused refused -> undeliverable(Code.API_REFUSED, Reasons.refused(refused, partly()));
            case Outcome.TooLarge large -> tooLarge(large);
            case Outcome.Redirected redirected -> redirected(redirected);
            case Outcome.CredentialRejected rejected ->
                closeGate(CREDENTIAL, Code.CRED_REJECTED, Reasons.credential(rejected), facts.now());
            case Outcome.SegmentRefused refused -> hold(refused.code(), Reasons.of(refused, refused.code()));
            case Outcome.NotApplied notApplied -> notApplied(notApplied);
            case Outcome.CampaignEffortFailed failed -> campaignEffortFailed(failed);
            case Outcome.Misconfigured moved ->
                closeGate(API, Code.API_MOVED, Reasons.of(moved, Code.API_MOVED), facts.now());
            case Outcome.InDoubt inDoubt -> inDoubt(inDoubt);
            case Outcome.ContractBreach breach -> hold(breach.code(), Reasons.of(breach, breach.code()));
            case Outcome.StagedChanged changed -> stagedChanged(changed);
        };
    }

    private Step.OfChunk tooLarge(Outcome.TooLarge large) {
        return facts.splittable()
                ? new Step.Halve(Code.API_TOO_LARGE)
                : hold(Code.API_TOO_LARGE, Reasons.tooLarge(large, facts.doubt().clear()));
    }

    private Step redirected(Outcome.Redirected redirected) {
        if (facts.otherLaneRedirected()) {
            return closeGate(CREDENTIAL, Code.CRED_REJECTED, Reasons.redirectedTwice(redirected), afterBackoff(null));
        }
        return facts.sameCodeInARow() < TRIES
                ? again(Code.API_302_FAILURE, afterBackoff(null), false, true)
                : hold(Code.API_302_FAILURE, Reasons.redirected(redirected));
    }

    private Step notApplied(Outcome.NotApplied outcome) {
        Code code = outcome.code();
        return switch (code) {
            case API_UNEXPECTED_SUCCESS -> closeGate(API, code, Reasons.of(outcome, code), facts.now());
            case API_TLS -> closeGate(API, code, Reasons.untrusted(outcome.fault()), facts.now());
            case SEND_STOPPED -> again(code, facts.now(), false, false);
            default ->
                againOrGiveUp(
                        outcome,
                        code,
                        outcome.retryAfter(),
                        counts(outcome.answer().status()));
        };
    }

    private Step campaignEffortFailed(Outcome.CampaignEffortFailed failed) {
        return facts.sameCodeInARow() < TRIES
                ? againOrGiveUp(failed, failed.code(), null, true)
                : hold(failed.code(), Reasons.of(failed, failed.code()));
    }

    private Step inDoubt(Outcome.InDoubt outcome) {
        if (outcome.code() == Code.API_UNEXPECTED_SUCCESS) {
            return closeGate(API, outcome.code(), Reasons.of(outcome, outcome.code()), afterBackoff(null));
        }
        return againOrGiveUp(outcome, outcome.code(), outcome.retryAfter(), true);
    }

    private Step.OfChunk stagedChanged(Outcome.StagedChanged changed) {
        ChunkState chunk = facts.doubt().exists() ? ChunkState.IN_DOUBT : ChunkState.PLANNED;
        return new Step.Hold(changed.code(), Reasons.sentence(changed.code()), chunk);
    }

    private Step.OfChunk againOrGiveUp(Outcome outcome, Code why, @Nullable Duration retryAfter, boolean fault) {
        boolean counted = fault && !facts.probe();
        Step.OfChunk step = again(why, afterBackoff(retryAfter), counted, false);
        boolean isOver = counted && !facts.now().isBefore(facts.firstFailedAt().plus(rules.giveUpAfter()));
        // a doubt that only a person may resolve is not ended by the clock
        return isOver && !(step instanceof Step.Hold)
                ? undeliverable(Code.GAVE_UP, Reasons.of(outcome, Code.GAVE_UP))
                : step;
    }

    private Step.OfChunk again(Code why, Instant wanted, boolean counted, boolean canary) {
        Doubt doubt = facts.doubt();
        if (!doubt.exists()) {
            return new Step.TryAgain(wanted, why, counted, canary);
        }
        Optional<Instant> allowed = doubt.sendAgainAt(wanted, rules.resendWindow());
        if (allowed.isPresent()) {
            return new Step.SendAgain(allowed.get(), why, counted, canary);
        }
        String clause = doubt.againstIt(wanted, rules.resendWindow()).orElseThrow();
        Code code = why == Code.API_UNEXPECTED_SUCCESS ? why : Code.API_IN_DOUBT;
        return new Step.Hold(code, Reasons.inDoubt(facts.outcome(), clause), ChunkState.IN_DOUBT);
    }

    private Step closeGate(Gate gate, Code why, String reason, Instant wanted) {
        return new Step.CloseGate(gate, why, reason + ".", again(why, wanted, false, false));
    }

    private Step.OfChunk hold(Code why, String reason) {
        return new Step.Hold(why, reason, left());
    }

    private Step.OfChunk undeliverable(Code why, String reason) {
        return new Step.Undeliverable(why, reason, left());
    }

    /** A refusal does not resolve the doubt that an earlier attempt left. */
    private ChunkState left() {
        return facts.doubt().exists() ? ChunkState.IN_DOUBT : ChunkState.REFUSED;
    }

    private boolean partly() {
        return facts.anyAcceptedChunk();
    }

    /** Whether the answer speaks against this chunk: no answer, a pause that was asked for and a 503 speak of the API. */
    private static boolean counts(int status) {
        return status >= 400 && status != 429 && status != 503;
    }

    private Instant afterBackoff(@Nullable Duration retryAfter) {
        int attempt = Math.max(1, Math.max(facts.attempts(), facts.sameCodeInARow()));
        Duration delay = rules.backoff().delay(attempt, random);
        boolean asksForMore = retryAfter != null && retryAfter.compareTo(delay) > 0;
        return facts.now().plus(asksForMore ? retryAfter : delay);
    }
}
