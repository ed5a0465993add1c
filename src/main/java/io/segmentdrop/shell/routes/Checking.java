package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.ledger.ImportRow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An import on its way through the check.
 *
 * @param sidecar what the sidecar says, as far as it could be read
 * @param options the effective options; null if they could not be made out
 * @param problems what refuses the pair besides its rows
 * @param warnings what the sidecar and the options give cause to say
 * @param report what the rows gave; null if they were not read
 * @param content the mark of the checked file that is sent; null if there is none
 */
public record Checking(
        Drop drop,
        ImportRow row,
        Settings sidecar,
        @Nullable Options options,
        List<Problem> problems,
        List<Problem> warnings,
        @Nullable CheckReport report,
        @Nullable Mark content) {

    static Checking refused(Drop drop, ImportRow row, List<Problem> problems, List<Problem> warnings) {
        return new Checking(drop, row, Settings.EMPTY, null, problems, warnings, null, null);
    }

    /** True if the rows are worth reading. */
    public boolean isSound() {
        return options != null && problems.isEmpty();
    }

    Checking with(CheckReport found, Mark mark) {
        return new Checking(drop, row, sidecar, options, problems, warnings, found, mark);
    }

    /** The same, refused after its rows were read. */
    Checking refusedBy(Problem problem) {
        return new Checking(drop, row, sidecar, options, List.of(problem), warnings, report, content);
    }

    /** What refuses the pair; null if nothing does. */
    @Nullable
    Problem refusal() {
        return problems.isEmpty() ? (report == null ? null : report.refused()) : problems.getFirst();
    }

    List<Problem> allProblems() {
        return report == null
                ? problems
                : Stream.concat(problems.stream(), report.problems().stream()).toList();
    }

    long problemsTotal() {
        return problems.size() + (report == null ? 0 : report.problemsTotal());
    }

    List<Problem> allWarnings() {
        return report == null
                ? warnings
                : Stream.concat(warnings.stream(), report.warnings().stream()).toList();
    }
}
