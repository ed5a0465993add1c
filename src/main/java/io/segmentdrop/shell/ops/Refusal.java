package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.ledger.Decision;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that is not carried out: what was expected, what was found and what to do. */
public final class Refusal extends RuntimeException {

    private static final int LONGEST = 100;

    private final HttpStatus status;
    private final String expected;
    private final String found;
    private final @Nullable String next;
    private final @Nullable String deliveredBy;

    public Refusal(HttpStatus status, String expected, String found, @Nullable String next) {
        this(status, expected, found, next, null);
    }

    private Refusal(
            HttpStatus status, String expected, String found, @Nullable String next, @Nullable String deliveredBy) {
        super(expected);
        this.status = status;
        this.expected = expected;
        this.found = found;
        this.next = next;
        this.deliveredBy = deliveredBy;
    }

    /** A parameter or body that is not understood. */
    public static Refusal bad(String expected, String found) {
        return new Refusal(HttpStatus.BAD_REQUEST, expected, found, null);
    }

    /** A name that nothing bears. */
    public static Refusal unknown(String what, String found) {
        return new Refusal(HttpStatus.NOT_FOUND, what, quoted(found), null);
    }

    /** A decision that the ledger does not allow now. */
    public static Refusal of(Decision.Refused refused) {
        return new Refusal(
                HttpStatus.CONFLICT, refused.expected(), refused.found(), refused.next(), refused.deliveredBy());
    }

    /** What a person wrote, in quotation marks and not at any length. */
    public static String quoted(String text) {
        return '"' + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + '"';
    }

    public ProblemDetail problem() {
        String sentence = "expected " + expected + ", found " + found + (next == null ? "" : "; " + next);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setTitle(status.getReasonPhrase().toLowerCase(Locale.ROOT));
        problem.setProperty("expected", expected);
        problem.setProperty("found", found);
        if (next != null) {
            problem.setProperty("next", next);
        }
        if (deliveredBy != null) {
            problem.setProperty("deliveredBy", deliveredBy);
        }
        return problem;
    }
}
