package io.segmentdrop.core.send;

import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one observed request means (design, section 7). Made by {@link ReplyClassifier}. */
public sealed interface Outcome {

    /** The API's answer, made harmless; {@link Answer#NONE} if there was none. */
    Answer answer();

    /** The code under which the attempt is recorded; null for {@link Accepted} alone. */
    @Nullable
    Code code();

    /** What it says of the API as a whole. */
    ApiSign sign();

    /** What went wrong on the wire, in words; null if an answer came whole, or nothing was sent. */
    default @Nullable String fault() {
        return null;
    }

    /** 201, a complete JSON object, {@code error} exactly false. It means "accepted by OptiPub", not "imported". */
    record Accepted(Answer answer) implements Outcome {

        @Override
        public @Nullable Code code() {
            return null;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /** 400, 415, 422: the fault of the file or of the options. Nothing of this request was applied. */
    record Refused(Answer answer) implements Outcome {

        @Override
        public Code code() {
            return Code.API_REFUSED;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /** 413. Nothing of this request was applied. */
    record TooLarge(Answer answer) implements Outcome {

        @Override
        public Code code() {
            return Code.API_TOO_LARGE;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /**
     * 302 or 303 to anything but a login page: the API's documented way to say that it failed. Nothing was applied.
     *
     * @param place the path that it pointed to, without host, parameters and query; empty if it pointed nowhere
     */
    record Redirected(Answer answer, String place) implements Outcome {

        @Override
        public Code code() {
            return Code.API_302_FAILURE;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /**
     * 401, or 302 or 303 to a login page. Nothing was applied.
     *
     * @param place the login page's path; empty for 401
     */
    record CredentialRejected(Answer answer, String place) implements Outcome {

        @Override
        public Code code() {
            return Code.CRED_REJECTED;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.NEITHER;
        }
    }

    /**
     * 403 or 404: the segment or a permission is missing. Nothing was applied.
     *
     * @param code {@link Code#SEG_FORBIDDEN} or {@link Code#SEG_NOT_FOUND}
     */
    record SegmentRefused(Code code, Answer answer) implements Outcome {

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /**
     * The request certainly had no effect, and the same bytes may succeed later, whatever the re-send class: it never reached
     * the server whole, or the API put it off (409, 423, 429, every 503).
     *
     * @param code {@link Code#API_UNREACHABLE}, {@link Code#API_SERVER_ERROR}, {@link Code#API_THROTTLED};
     *     {@link Code#API_TLS} if its host could not be trusted; {@link Code#SEND_STOPPED} if we stopped it, since the program
     *     was ending; or {@link Code#API_UNEXPECTED_SUCCESS} for a 2xx that came before the body was sent whole
     * @param fault what went wrong on the wire; null if an answer came whole
     * @param retryAfter the pause that the API asked for, 1 s to 1 h; null if it asked for none
     */
    record NotApplied(
            Code code,
            Answer answer,
            @Nullable String fault,
            @Nullable Duration retryAfter) implements Outcome {

        @Override
        public ApiSign sign() {
            return switch (code) {
                case API_THROTTLED -> ApiSign.WORKS;
                case API_UNEXPECTED_SUCCESS, API_TLS, SEND_STOPPED -> ApiSign.NEITHER;
                default -> ApiSign.DOWN;
            };
        }
    }

    /** 500 that tells of the campaign effort: refused, no job was created. */
    record CampaignEffortFailed(Answer answer) implements Outcome {

        @Override
        public Code code() {
            return Code.API_CAMPAIGN_EFFORT_FAILED;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /** An answer that says that this is not the API's address, or not its way (301, 307, 308, 405 …). Nothing was applied. */
    record Misconfigured(Answer answer) implements Outcome {

        @Override
        public Code code() {
            return Code.API_MOVED;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.NEITHER;
        }
    }

    /**
     * The request went out whole, and no answer came that can be trusted: it may have been applied.
     *
     * @param code {@link Code#API_IN_DOUBT}, {@link Code#API_SERVER_ERROR} or {@link Code#API_UNEXPECTED_SUCCESS}
     * @param fault what went wrong on the wire; null if an answer came whole
     * @param retryAfter the pause that the API asked for, 1 s to 1 h; null if it asked for none
     */
    record InDoubt(
            Code code,
            Answer answer,
            @Nullable String fault,
            @Nullable Duration retryAfter) implements Outcome {

        @Override
        public ApiSign sign() {
            return code == Code.API_UNEXPECTED_SUCCESS ? ApiSign.NEITHER : ApiSign.DOWN;
        }
    }

    /**
     * A whole answer that the API's pages do not allow; only a person can say what it means.
     *
     * @param code {@link Code#API_201_ERROR_TRUE}, {@link Code#API_CONTRACT} or {@link Code#API_UNEXPECTED_STATUS}
     */
    record ContractBreach(Code code, Answer answer) implements Outcome {

        @Override
        public ApiSign sign() {
            return ApiSign.WORKS;
        }
    }

    /** The file in our custody was found changed before the last bytes left: the request was cut, nothing was applied. */
    record StagedChanged() implements Outcome {

        @Override
        public Answer answer() {
            return Answer.NONE;
        }

        @Override
        public Code code() {
            return Code.STAGED_HASH_MISMATCH;
        }

        @Override
        public ApiSign sign() {
            return ApiSign.NEITHER;
        }
    }
}
