package io.segmentdrop.shell.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Forgets imports that ended long ago. What is never forgotten, since a decision needs it:
 *
 * <ul>
 *   <li>what has not ended, and what its partner was not told of;
 *   <li>an import whose replay has not ended: the guards ask what was sent after the original;
 *   <li>the last delivered clearing import of each segment: the shrink guard compares the next one with it;
 *   <li>the newest import of all: a ledger is held against the folders from there on;
 *   <li>the segments that were created, so that none is created twice.
 * </ul>
 *
 * What is lost with a row: its requestId may be used again, and its file may be dropped again without being a duplicate;
 * the window of 24 hours for the latter is shorter than any time that may be configured.
 */
public final class Forgetting {

    private static final String OPEN = "('TAKEN', 'READY', 'HELD')";

    private static final String OLD = """
        from import i where i.settled = 1 and i.told >= i.revision and i.finished_at < :before and i.seq > :after
            and i.state not in ('TAKEN', 'READY', 'HELD')
            and i.seq < (select max(seq) from import) and i.id < (select max(id) from import)
            and not exists (select 1 from import r where r.replay_of = i.id and r.state in ('TAKEN', 'READY', 'HELD'))
            and not (i.clears = 1 and i.state = 'DELIVERED' and not exists (select 1 from import n
                where n.segment = i.segment and n.clears = 1 and n.state = 'DELIVERED'
                    and (n.delivered_after, n.seq) > (i.delivered_after, i.seq)))
        """;

    private final LedgerDatabase ledger;

    public Forgetting(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /** When the import ended; empty if the ledger does not know it, or it is not put away, or its partner does not know yet. */
    public Optional<Instant> ended(String importId) {
        return ledger.read()
                .sql("select finished_at from import where id = ? and settled = 1 and told >= revision and state"
                        + " not in "
                        + OPEN)
                .param(importId)
                .query(Long.class)
                .optional()
                .map(Instant::ofEpochMilli);
    }

    public boolean knows(String importId) {
        return ledger.read()
                        .sql("select count(*) from import where id = ?")
                        .param(importId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The import's files go: they need no room any more, and the API's answers may repeat what was sent. */
    public void answers(String importId) {
        erase();
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update attempt set answer = null where import_id = ? and answer is not null")
                    .param(importId)
                    .update();
            ledger.write()
                    .sql("update import set source_bytes = 0 where id = ? and source_bytes > 0")
                    .param(importId)
                    .update();
        });
    }

    /** Imports that ended before this time and that nothing needs any more, by their order of taking. */
    public List<ImportRow> old(Instant before, long after, int limit) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " " + OLD + " order by i.seq limit :limit")
                .param("before", before.toEpochMilli())
                .param("after", after)
                .param("limit", limit)
                .query(ImportRow.MAPPER)
                .list();
    }

    /** Forgets these imports with their chunks, attempts and events. */
    public void forget(List<String> importIds) {
        if (importIds.isEmpty()) {
            return;
        }
        erase();
        ledger.inTransaction(() -> {
            for (String table : List.of("chunk", "attempt", "event")) {
                ledger.write()
                        .sql("delete from " + table + " where import_id in (:ids)")
                        .param("ids", importIds)
                        .update();
            }
            ledger.write()
                    .sql("delete from import where id in (:ids)")
                    .param("ids", importIds)
                    .update();
        });
    }

    /** Forgets what happened to gates and drops before this time, and what was told of it; answers how many events. */
    public int events(Instant before, int limit) {
        return ledger.inTransaction(() -> {
            ledger.write()
                    .sql("delete from notice where waiting = 0 and last_at < ?")
                    .param(before.toEpochMilli())
                    .update();
            return ledger.write().sql("""
                delete from event where id in (select id from event
                    where import_id is null and at < ? limit ?)\
                """).params(before.toEpochMilli(), limit).update();
        });
    }

    /** What is deleted is overwritten in the file, too. A setting of the one connection that writes. */
    private void erase() {
        ledger.write().sql("pragma secure_delete = on").query().listOfRows();
    }
}
