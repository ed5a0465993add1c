package io.segmentdrop;

import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.LedgerRefused;
import io.segmentdrop.shell.routes.RoutesRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says why segment-drop does not start with this home, ledger or these routes: one paragraph, no stack trace. */
final class RefusedFailureAnalyzer implements FailureAnalyzer {

    private static final String NOTHING_LOST =
            " Nothing was taken or sent; what waits in the drops stays there, and what was taken goes on at the next"
                    + " start.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Exception refusal = refusal(failure);
        return refusal == null
                ? RouteFaults.of(failure).map(fault -> analysis(fault, failure)).orElse(null)
                : analysis(String.valueOf(refusal.getMessage()), failure);
    }

    /** Our own refusal to start, wherever it was wrapped; null if the failure is another one. */
    static @Nullable Exception refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LedgerRefused refused) {
                return refused;
            }
            if (cause instanceof RoutesRefused refused) {
                return refused;
            }
            if (cause instanceof Home.Refused refused) {
                return refused;
            }
        }
        return null;
    }

    private static FailureAnalysis analysis(String fault, Throwable failure) {
        return new FailureAnalysis(
                "segment-drop does not start: " + fault + ".", "Mend this and start again." + NOTHING_LOST, failure);
    }
}
