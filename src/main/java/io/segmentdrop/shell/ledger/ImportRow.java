package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.ResendClass;
import org.jspecify.annotations.Nullable;

/**
 * One import as the ledger knows it. Times are milliseconds since 1970 UTC; {@code options}, {@code fields},
 * {@code problems} and {@code warnings} are the JSON of {@link LedgerJson}.
 *
 * @param seq the order of taking
 * @param sources the files that are taken: name in the drop, what it looked like, name in custody
 * @param lane the lane that keeps its order; null until it is known, and for imports that never will be sent
 * @param revision grows with each change that the partner should hear of
 * @param told the revision of the newest receipt
 * @param released whether a person let it pass the guards
 */
public record ImportRow(
        long seq,
        String id,
        String dropName,
        String fileName,
        ImportState state,
        @Nullable Code code,
        @Nullable String reason,
        boolean inCustody,
        String sources,
        long takenAt,
        long changedAt,
        @Nullable Long finishedAt,
        @Nullable String replayOf,
        @Nullable String lane,
        @Nullable Long segment,
        boolean clears,
        boolean dryRun,
        @Nullable ResendClass resendClass,
        @Nullable String requestId,
        @Nullable String sha256,
        @Nullable String options,
        @Nullable String optionsHash,
        @Nullable String fields,
        @Nullable String header,
        @Nullable Long contentSize,
        @Nullable Long contentMtime,
        long rowsRead,
        long rowsRejected,
        @Nullable String problems,
        long problemsTotal,
        @Nullable String warnings,
        long notBefore,
        int checks,
        long revision,
        long told,
        boolean released,
        boolean settled) {

    /** The columns in the order of the components' names. */
    static final String COLUMNS = "seq, id, drop_name, file_name, state, code, reason, in_custody, sources, taken_at,"
            + " changed_at, finished_at, replay_of, lane, segment, clears, dry_run, resend_class, request_id, sha256,"
            + " options, options_hash, fields, header, content_size, content_mtime, rows_read, rows_rejected, problems,"
            + " problems_total, warnings, not_before, checks, revision, told, released, settled";

    static final RecordMapper<ImportRow> MAPPER = new RecordMapper<>(ImportRow.class);
}
