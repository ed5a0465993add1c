package io.segmentdrop.core.send;

import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;

/** The sentences for holds, dead letters and closed gates: what was expected, what was found, what to do. */
final class Reasons {

    private Reasons() {}

    static String sentence(Code code) {
        return code.meaning() + "; " + code.remedy();
    }

    static String of(Outcome outcome, Code code) {
        return found(outcome) + ": " + sentence(code);
    }

    static String refused(Outcome.Refused refused, boolean partly) {
        return partly
                ? found(refused) + " after other chunks were accepted: what was accepted stays; a replay sends the rest"
                : of(refused, Code.API_REFUSED);
    }

    static String tooLarge(Outcome.TooLarge large, boolean clear) {
        String what = clear ? "a clearing import is never split" : "the chunk has one row and cannot be split";
        return found(large) + ": " + what + "; " + Code.API_TOO_LARGE.remedy();
    }

    static String redirected(Outcome.Redirected redirected) {
        return found(redirected) + to(redirected.place())
                + ", three times in a row: the API's way to say that it failed; "
                + "check the segment and the options, then release or discard";
    }

    static String redirectedTwice(Outcome.Redirected redirected) {
        return found(redirected) + to(redirected.place())
                + ", in two lanes: the fault is hardly that of one import; check the key";
    }

    static String untrusted(@Nullable String fault) {
        return TextEscape.escape(fault == null ? Code.API_TLS.meaning() : fault);
    }

    static String credential(Outcome.CredentialRejected rejected) {
        return found(rejected) + to(rejected.place()) + ": " + sentence(Code.CRED_REJECTED);
    }

    static String inDoubt(Outcome outcome, String clause) {
        return found(outcome) + "; " + inDoubt(clause);
    }

    static String inDoubt(String clause) {
        return "the chunk may have been applied, and " + clause + "; " + Code.API_IN_DOUBT.remedy();
    }

    private static String to(String place) {
        return place.isEmpty() ? "" : " to " + place;
    }

    private static String found(Outcome outcome) {
        int status = outcome.answer().status();
        String fault = outcome.fault();
        String found = status == 0 ? "no answer" : Integer.toString(status);
        return "expected 201, found " + found + (fault == null ? "" : " (" + TextEscape.escape(fault) + ")");
    }
}
