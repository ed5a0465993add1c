package io.segmentdrop.core.send;

import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.Locale;

/**
 * Says what an observed request means: the outcome table (design, section 7). An answer that came before the whole body was
 * written is judged by its status and is never in doubt, since no server can read a body without its last boundary.
 */
public final class ReplyClassifier {

    private ReplyClassifier() {}

    /** The outcome; {@code now} is the time of the observation, against which a date in {@code Retry-After} is held. */
    public static Outcome classify(Observation seen, Instant now) {
        if (seen.is(WireFault.Kind.STAGED_CHANGED)) {
            return new Outcome.StagedChanged();
        }
        if (seen.status() == 0 && !isWhole(seen)) {
            return notApplied(seen, unanswered(seen), now);
        }
        return switch (seen.status() / 100) {
            case 0, 1 -> withoutTrust(seen, Code.API_UNREACHABLE, Code.API_IN_DOUBT, now);
            case 2 -> success(seen, now);
            case 3 -> redirect(seen);
            case 4 -> refusal(seen, now);
            case 5 -> serverError(seen, now);
            default -> new Outcome.ContractBreach(Code.API_UNEXPECTED_STATUS, answer(seen));
        };
    }

    /** The code of a request that did not go out whole and was not answered. */
    private static Code unanswered(Observation seen) {
        if (seen.isStopped()) {
            return Code.SEND_STOPPED;
        }
        // later, the host was trusted already
        return seen.is(WireFault.Kind.TLS) && seen.phase() == Phase.NOTHING_WRITTEN
                ? Code.API_TLS
                : Code.API_UNREACHABLE;
    }

    private static Outcome success(Observation seen, Instant now) {
        if (seen.status() != 201) {
            return withoutTrust(seen, Code.API_UNEXPECTED_SUCCESS, Code.API_UNEXPECTED_SUCCESS, now);
        }
        if (!isWhole(seen)) {
            return new Outcome.ContractBreach(Code.API_CONTRACT, answer(seen));
        }
        if (seen.phase() != Phase.ANSWER_COMPLETE) {
            return inDoubt(seen, Code.API_IN_DOUBT, now);
        }
        return switch (ImportReply.read(seen.body())) {
            case NO_ERROR -> new Outcome.Accepted(answer(seen));
            case ERROR -> new Outcome.ContractBreach(Code.API_201_ERROR_TRUE, answer(seen));
            case UNCLEAR -> new Outcome.ContractBreach(Code.API_CONTRACT, answer(seen));
            case NOT_JSON -> inDoubt(seen, Code.API_IN_DOUBT, now);
        };
    }

    private static Outcome redirect(Observation seen) {
        if (seen.status() != 302 && seen.status() != 303) {
            return new Outcome.Misconfigured(answer(seen));
        }
        String place = Redirects.place(seen.location());
        return Redirects.isLogin(seen.location())
                ? new Outcome.CredentialRejected(answer(seen), place)
                : new Outcome.Redirected(answer(seen), place);
    }

    private static Outcome refusal(Observation seen, Instant now) {
        Answer answer = answer(seen);
        return switch (seen.status()) {
            case 400, 415, 422 -> new Outcome.Refused(answer);
            case 401 -> new Outcome.CredentialRejected(answer, "");
            case 403 -> new Outcome.SegmentRefused(Code.SEG_FORBIDDEN, answer);
            case 404 -> new Outcome.SegmentRefused(Code.SEG_NOT_FOUND, answer);
            case 405, 406, 407, 410, 411 -> new Outcome.Misconfigured(answer);
            case 408 -> withoutTrust(seen, Code.API_UNREACHABLE, Code.API_IN_DOUBT, now);
            case 409, 423, 429 -> notApplied(seen, Code.API_THROTTLED, now);
            case 413 -> new Outcome.TooLarge(answer);
            default -> new Outcome.ContractBreach(Code.API_UNEXPECTED_STATUS, answer);
        };
    }

    private static Outcome serverError(Observation seen, Instant now) {
        return switch (seen.status()) {
            case 500 ->
                seen.body().toLowerCase(Locale.ROOT).contains("campaign effort")
                        ? new Outcome.CampaignEffortFailed(answer(seen))
                        : withoutTrust(seen, Code.API_SERVER_ERROR, Code.API_SERVER_ERROR, now);
            case 501, 505 -> new Outcome.Misconfigured(answer(seen));
            case 503 -> notApplied(seen, Code.API_SERVER_ERROR, now);
            default -> withoutTrust(seen, Code.API_SERVER_ERROR, Code.API_SERVER_ERROR, now);
        };
    }

    private static Outcome withoutTrust(Observation seen, Code ifCut, Code ifWhole, Instant now) {
        return isWhole(seen) ? inDoubt(seen, ifWhole, now) : notApplied(seen, ifCut, now);
    }

    private static boolean isWhole(Observation seen) {
        return seen.bodyWritten() || seen.phase() == Phase.BODY_WRITTEN;
    }

    private static Outcome notApplied(Observation seen, Code code, Instant now) {
        return new Outcome.NotApplied(code, answer(seen), seen.faultWords(), RetryAfter.parse(seen.retryAfter(), now));
    }

    private static Outcome inDoubt(Observation seen, Code code, Instant now) {
        return new Outcome.InDoubt(code, answer(seen), seen.faultWords(), RetryAfter.parse(seen.retryAfter(), now));
    }

    private static Answer answer(Observation seen) {
        return seen.answer();
    }
}
