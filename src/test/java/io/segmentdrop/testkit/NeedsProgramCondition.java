package io.segmentdrop.testkit;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks for the programs of {@link NeedsProgram}. */
public final class NeedsProgramCondition implements ExecutionCondition {

    /** How the reason of each such skip begins; {@code .ci/run} looks for it in the reports. */
    public static final String REASON = "needs program";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class)
                .map(needs -> judge(needs.value()))
                .orElseGet(() -> enabled("needs no program"));
    }

    /** Enabled if each of these is an executable file. */
    static ConditionEvaluationResult judge(String... programs) {
        return Arrays.stream(programs)
                .filter(program -> !Files.isExecutable(Path.of(program)))
                .findFirst()
                .map(missing -> disabled(REASON + " " + missing + ", which this machine lacks"))
                .orElseGet(() -> enabled("all programs are here"));
    }
}
