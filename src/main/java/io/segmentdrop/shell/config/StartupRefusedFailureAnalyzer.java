package io.segmentdrop.shell.config;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why segment-drop does not start: one line a reason, no stack trace. */
final class StartupRefusedFailureAnalyzer extends AbstractFailureAnalyzer<StartupRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartupRefusedException cause) {
        return analysis(
                cause.refusals().stream()
                        .map(refusal -> "    " + refusal)
                        .collect(Collectors.joining(
                                System.lineSeparator(),
                                "segment-drop does not start, since its configuration is unsafe or incomplete:"
                                        + System.lineSeparator() + System.lineSeparator(),
                                "")),
                cause);
    }

    /** The same advice for every refusal of the configuration. */
    static FailureAnalysis analysis(String description, Throwable cause) {
        return new FailureAnalysis(
                description,
                "Mend the configuration and start again. Nothing was opened, made or sent."
                        + " The README tells every key.",
                cause);
    }
}
