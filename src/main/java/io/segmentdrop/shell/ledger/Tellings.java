package io.segmentdrop.shell.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What is still to be told to the partners, and to be put away. Each change is one transaction. */
public final class Tellings {

    /** How long a state that may pass soon is kept from the partner, so that a fast import is told once. */
    static final Duration UNDER_WAY = Duration.ofMillis(500);

    private final LedgerDatabase ledger;
    private final Imports imports;

    Tellings(LedgerDatabase ledger, Imports imports) {
        this.ledger = ledger;
        this.imports = imports;
    }

    /**
     * The oldest import with something to tell or to put away that is not being worked on now, one that has ended first. Of
     * those under way one at a time: while thousands wait for their turn, most have ended when they come to be told, and are
     * then told once. Of one drop and file one at a time too, since they share a receipt.
     *
     * @param untold drops, as the ledger names them, whose partners cannot be told just now; what ended there is put away
     */
    public Optional<ImportRow> next(Collection<String> busy, Collection<String> untold, Instant now) {
        return next("finished_at is not null", busy, untold, now).or(() -> next("""
            finished_at is null and not exists (
                select 1 from import where id in (select value from json_each(:busy)) and finished_at is null)\
            """, busy, untold, now));
    }

    private Optional<ImportRow> next(String which, Collection<String> busy, Collection<String> untold, Instant now) {
        return imports.select("where told < revision and " + which + """
             and in_custody = 1 and tell_at <= :now and (drop_name, file_name) not in (
                select drop_name, file_name from import where id in (select value from json_each(:busy)))
             and ((finished_at is not null and settled = 0)
                or drop_name not in (select value from json_each(:untold)))
            order by seq limit 1\
            """)
                .param("now", now.toEpochMilli())
                .param("busy", LedgerJson.set(busy))
                .param("untold", LedgerJson.set(untold))
                .query(ImportRow.MAPPER)
                .optional();
    }

    /** Records that the files were put away where the final state says. */
    public void settled(String id) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set settled = 1 where id = ?")
                    .param(id)
                    .update();
        });
    }

    /** Records both at once. */
    public void settledAndTold(String id, long revision) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set settled = 1, told = max(told, ?) where id = ?")
                    .params(revision, id)
                    .update();
        });
    }

    /** Records that the partner was told of this revision. */
    public void told(String id, long revision) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set told = max(told, ?) where id = ?")
                    .params(revision, id)
                    .update();
        });
    }

    /** Puts telling and putting away off, since the folder or the disk does not let us. */
    public void tellLater(String id, Instant when) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set tell_at = ? where id = ?")
                    .params(when.toEpochMilli(), id)
                    .update();
        });
    }

    /** Whether a file of the same name was dropped later, and its sender told. */
    public boolean isSuperseded(ImportRow row) {
        return ledger.write()
                        .sql("""
                            select count(*) from import where seq > :seq and file_name = :file and told > 0\
                            """ + " and drop_name in " + DropFolders.NAMES)
                        .param("drop", row.dropName())
                        .param("seq", row.seq())
                        .param("file", row.fileName())
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
