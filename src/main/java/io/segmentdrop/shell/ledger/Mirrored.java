package io.segmentdrop.shell.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What was mirrored from SFTP servers and may still lie there. Promise: a pair is recorded here, durably, before its files
 * get their names in the spool, and forgotten only when it is gone from the server.
 */
public final class Mirrored {

    /**
     * One pair, or leftover, in the version that was mirrored.
     *
     * @param name the CSV's name
     * @param files what it consists of
     * @param placed whether the files have had their names in the spool
     */
    public record Row(String name, List<File> files, boolean placed, Instant at) {

        public Row {
            files = List.copyOf(files);
        }
    }

    /**
     * One file.
     *
     * @param name on the server and in the spool
     * @param mark size and mtime as they were listed
     * @param temporary its name in the spool until it is placed
     */
    public record File(String name, String mark, String temporary) {}

    private record Stored(String name, String entries, boolean placed, long at) {

        static final RecordMapper<Stored> MAPPER = new RecordMapper<>(Stored.class);
    }

    private final LedgerDatabase ledger;

    public Mirrored(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /** Everything of a drop. */
    public List<Row> all(String drop) {
        return ledger
                .write()
                .sql("select name, entries, placed, at from mirrored where drop_name = ? order by name")
                .param(drop)
                .query(Stored.MAPPER)
                .list()
                .stream()
                .map(stored -> new Row(
                        stored.name(),
                        LedgerJson.texts(stored.entries()).stream()
                                .map(text -> new File(text.get(0), text.get(1), text.get(2)))
                                .toList(),
                        stored.placed(),
                        Instant.ofEpochMilli(stored.at())))
                .toList();
    }

    /** Records that these are about to be placed, in one transaction; an earlier version of the same name is forgotten. */
    public void begin(String drop, Collection<Row> rows) {
        ledger.inTransaction(() -> rows.forEach(row -> ledger.write()
                .sql("insert or replace into mirrored (drop_name, name, entries, placed, at) values (?, ?, ?, 0, ?)")
                .params(
                        drop,
                        row.name(),
                        LedgerJson.texts(row.files().stream()
                                .map(file -> List.of(file.name(), file.mark(), file.temporary()))
                                .toList()),
                        row.at().toEpochMilli())
                .update()));
    }

    /** Records that these were placed. */
    public void placed(String drop, Collection<Row> rows) {
        ledger.inTransaction(() -> rows.forEach(row -> ledger.write()
                .sql("update mirrored set placed = 1 where drop_name = ? and name = ?")
                .params(drop, row.name())
                .update()));
    }

    /** Forgets what is gone from the server. */
    public void forget(String drop, Collection<Row> rows) {
        ledger.inTransaction(() -> rows.forEach(row -> ledger.write()
                .sql("delete from mirrored where drop_name = ? and name = ?")
                .params(drop, row.name())
                .update()));
    }
}
