package io.segmentdrop.shell.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One attempt: one request for one chunk. Times are milliseconds since 1970 UTC.
 *
 * @param outcome null while it is open
 * @param status the HTTP status; null if none was read
 * @param answer the API's answer, at most 2 KiB
 */
public record AttemptRow(
        long id,
        String importId,
        int chunk,
        int number,
        long startedAt,
        @Nullable Long endedAt,
        @Nullable String outcome,
        @Nullable String code,
        @Nullable Integer status,
        @Nullable String answer) {

    static final RecordMapper<AttemptRow> MAPPER = new RecordMapper<>(AttemptRow.class);
}
