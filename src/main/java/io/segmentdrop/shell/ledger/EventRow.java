package io.segmentdrop.shell.ledger;

import org.jspecify.annotations.Nullable;

/** One line of the append-only history. {@code at} is milliseconds since 1970 UTC. */
public record EventRow(
        long id,
        long at,
        @Nullable String importId,
        @Nullable String dropName,
        String kind,
        String detail,
        String actor) {

    static final RecordMapper<EventRow> MAPPER = new RecordMapper<>(EventRow.class);
}
