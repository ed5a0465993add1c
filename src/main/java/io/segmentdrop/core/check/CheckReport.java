package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.PlannedChunk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the check of one CSV found; bounded in memory whatever the file.
 *
 * @param refused the file's own fault; null if the file may be sent. Rows may have been refused either way
 * @param problems the first {@link CheckRules#MAX_PROBLEMS} faults by line, the file's own fault among them
 * @param problemsTotal how many faults there are in all
 * @param warnings one entry a code: warnings and notes, with the first line and, in the message, how often
 * @param rowsRead data rows, without the header and blank lines; of a refused file, those read until then
 * @param rowsRejected refused rows
 * @param sourceBytes the source's size, as far as it was read
 * @param sourceSha256 of the whole source, lower-case hexadecimal; null if reading ended early
 * @param header the header line as it is sent, with its LF; empty if the file was refused for its header
 * @param columns the canonical headers as sent
 * @param chunks the plan; empty if the file was refused
 * @param cleanFile true if the chunks are ranges of the clean file, false if they are ranges of the source itself
 * @param tagReplaceColumns true if a replacing tag column is among the columns
 */
public record CheckReport(
        @Nullable Problem refused,
        List<Problem> problems,
        long problemsTotal,
        List<Problem> warnings,
        long rowsRead,
        long rowsRejected,
        long sourceBytes,
        @Nullable String sourceSha256,
        String header,
        Set<String> columns,
        List<PlannedChunk> chunks,
        boolean cleanFile,
        boolean tagReplaceColumns) {

    public CheckReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        columns = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(columns));
        chunks = List.copyOf(chunks);
    }

    /** Rows that would be sent. */
    public long rowsPlanned() {
        return chunks.stream().mapToLong(PlannedChunk::rows).sum();
    }
}
