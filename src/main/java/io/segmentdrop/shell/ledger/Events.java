package io.segmentdrop.shell.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The append-only history: what happened, to which import or drop, and who did it. */
public final class Events {

    private final LedgerDatabase ledger;

    public Events(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /** Adds a line, as a part of the caller's transaction or as one of its own. */
    public void add(
            Instant at, @Nullable String importId, @Nullable String drop, String kind, String detail, String actor) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("insert into event (at, import_id, drop_name, kind, detail, actor) values (?, ?, ?, ?, ?, ?)")
                    .params(at.toEpochMilli(), importId, drop, kind, detail, actor)
                    .update();
        });
    }

    /** The history of one import, oldest first. */
    public List<EventRow> of(String importId) {
        return ledger.read().sql("""
            select id, at, import_id, drop_name, kind, detail, actor from event
            where import_id = ? order by id\
            """).param(importId).query(EventRow.class).list();
    }
}
