package io.segmentdrop.shell.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
     * The oldest imports that have ended, with something to tell or to put away, that are not being worked on now; so many at
     * most. Of one drop and file, one at a time, since they share a receipt.
     */
    public List<ImportRow> ended(Collection<String> busy, Instant now, int most) {
        Set<List<String>> files = new HashSet<>();
        return next("finished_at is not null", busy, now, most).stream()
                .filter(row -> files.add(List.of(row.dropName(), row.fileName())))
                .toList();
    }

    /** The same of those that are under way or held, the oldest one. */
    public Optional<ImportRow> underWay(Collection<String> busy, Instant now) {
        return next("finished_at is null", busy, now, 1).stream().findFirst();
    }

    private List<ImportRow> next(String which, Collection<String> busy, Instant now, int most) {
        return imports.select("where told < revision and " + which + """
             and in_custody = 1 and tell_at <= :now and (drop_name, file_name) not in (
                select drop_name, file_name from import where id in (select value from json_each(:busy)))
            order by seq limit :most\
            """)
                .param("now", now.toEpochMilli())
                .param("busy", LedgerJson.set(busy))
                .param("most", most)
                .query(ImportRow.MAPPER)
                .list();
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
                            select count(*) from import where drop_name = :drop and seq > :seq and file_name = :file
                                and told > 0\
                            """)
                        .param("drop", row.dropName())
                        .param("seq", row.seq())
                        .param("file", row.fileName())
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
