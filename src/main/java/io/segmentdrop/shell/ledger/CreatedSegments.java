package io.segmentdrop.shell.ledger;

import java.time.Instant;
import java.util.Optional;

/** The segments that were created from sidecars, remembered by drop and name, so that none is created twice. */
public final class CreatedSegments {

    private final LedgerDatabase ledger;
    private final Events events;

    public CreatedSegments(LedgerDatabase ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    public Optional<Long> find(String drop, String name) {
        return ledger.write()
                .sql("select id from created_segment where drop_name = ? and name = ?")
                .params(drop, name)
                .query(Long.class)
                .optional();
    }

    /** Remembers the segment and gives it to the import that created it. */
    public void remember(ImportRow row, String name, long segment, Instant now) {
        ledger.inTransaction(() -> {
            int inserted = ledger.write()
                    .sql("insert into created_segment (drop_name, name, id) values (?, ?, ?) on conflict do nothing")
                    .params(row.dropName(), name, segment)
                    .update();
            ledger.write()
                    .sql("update import set segment = ? where id = ?")
                    .params(segment, row.id())
                    .update();
            if (inserted > 0) {
                events.add(now, row.id(), row.dropName(), "segment created", Long.toString(segment), Imports.SELF);
            }
        });
    }

    /** Gives an import the segment that an earlier one created; its own creation is done with. */
    public void use(ImportRow row, long segment) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set segment = ? where id = ?")
                    .params(segment, row.id())
                    .update();
            ledger.write()
                    .sql("update chunk set state = 'ACCEPTED' where import_id = ? and number = 0")
                    .param(row.id())
                    .update();
        });
    }
}
