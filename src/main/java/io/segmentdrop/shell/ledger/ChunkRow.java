package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * One chunk as the ledger knows it. Times are milliseconds since 1970 UTC, sizes are bytes.
 *
 * @param failures the attempts that count towards giving up
 * @param sameCode how many attempts in a row ended with {@code lastCode}
 * @param sameAttempt the newest attempt of all when the first of these ended
 * @param doubts how many attempts may have been applied
 * @param doubtSince when the first of these began; 0 if nobody can say how long ago that was
 * @param doubtAttempt the first of these
 */
public record ChunkRow(
        String importId,
        int number,
        ChunkState state,
        long byteOffset,
        long byteLength,
        long rowCount,
        String sha256,
        int attempts,
        int failures,
        @Nullable Long firstFailedAt,
        @Nullable Code lastCode,
        int sameCode,
        @Nullable Long sameAttempt,
        int doubts,
        @Nullable Long doubtSince,
        @Nullable Long doubtAttempt,
        long notBefore,
        @Nullable Long acceptedAt) {

    static final String COLUMNS = "import_id, number, state, byte_offset, byte_length, row_count, sha256, attempts,"
            + " failures, first_failed_at, last_code, same_code, same_attempt, doubts, doubt_since, doubt_attempt,"
            + " not_before, accepted_at";

    static final RecordMapper<ChunkRow> MAPPER = new RecordMapper<>(ChunkRow.class);
}
