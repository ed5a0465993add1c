package io.segmentdrop.cli;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.PlannedChunk;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param file the CSV's name
 * @param sidecar the sidecar's name; null if there was none
 * @param drop the drop whose policy was asked; null if none was
 * @param sha256 of the CSV; null if it was not read to its end
 * @param chunks what would be sent; empty if the file is refused
 * @param problems faults only: the sidecar's, or the first ones of the CSV
 * @param problemsTotal how many faults there are in all
 */
record Answer(
        Verdict verdict,
        String file,
        @Nullable String sidecar,
        @Nullable String drop,
        @Nullable String sha256,
        long rowsRead,
        long rowsRejected,
        List<PlannedChunk> chunks,
        List<Problem> problems,
        long problemsTotal,
        List<Problem> warnings) {

    /** How it ended; the exit code is a contract. */
    enum Verdict {
        CLEAN(0),
        ROWS_REJECTED(1),
        FILE_REJECTED(2);

        private final int exitCode;

        Verdict(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }

        /** The word in the JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A pair that is refused before its CSV is read. */
    static Answer refused(Question question, @Nullable String sidecar, List<Problem> problems, List<Problem> warnings) {
        return new Answer(
                Verdict.FILE_REJECTED,
                question.csvName(),
                sidecar,
                question.dropName(),
                null,
                0,
                0,
                List.of(),
                problems,
                problems.size(),
                warnings);
    }

    /** A pair whose CSV was read; {@code warnings} are the sidecar's. */
    static Answer of(Question question, @Nullable String sidecar, CheckReport report, List<Problem> warnings) {
        return new Answer(
                verdict(report),
                question.csvName(),
                sidecar,
                question.dropName(),
                report.sourceSha256(),
                report.rowsRead(),
                report.rowsRejected(),
                report.chunks(),
                report.problems(),
                report.problemsTotal(),
                Stream.concat(warnings.stream(), report.warnings().stream()).toList());
    }

    private static Verdict verdict(CheckReport report) {
        if (report.refused() != null) {
            return Verdict.FILE_REJECTED;
        }
        return report.rowsRejected() == 0 ? Verdict.CLEAN : Verdict.ROWS_REJECTED;
    }

    long rowsPlanned() {
        return chunks.stream().mapToLong(PlannedChunk::rows).sum();
    }
}
