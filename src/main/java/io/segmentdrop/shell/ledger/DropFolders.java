package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.drop.FolderIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each drop's folder is known by, and which names a drop had before. Each change is one transaction. */
public final class DropFolders {

    /**
     * One drop, or one that has another name by now.
     *
     * @param place where the configuration last said that it is
     * @param identity what its folder is known by; null until it was seen, and for one on a server
     */
    public record Row(String drop, String place, @Nullable FolderIdentity identity) {}

    private record Stored(
            String dropName,
            String place,
            @Nullable Long device,
            @Nullable Long inode,
            @Nullable Long born) {

        static final RecordMapper<Stored> MAPPER = new RecordMapper<>(Stored.class);

        Row row() {
            return new Row(
                    dropName,
                    place,
                    device == null || inode == null ? null : FolderIdentity.known(device, inode, born));
        }
    }

    /** All names of the drop {@code :drop}, those that it had before included. */
    static final String NAMES = """
        (select f.drop_name from drop_folder f join drop_folder mine on mine.place = f.place
            where mine.drop_name = :drop union select :drop)\
        """;

    private final LedgerDatabase ledger;
    private final Events events;

    public DropFolders(LedgerDatabase ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    public List<Row> all() {
        return ledger
                .write()
                .sql("select drop_name, place, device, inode, born from drop_folder order by drop_name")
                .query(Stored.MAPPER)
                .list()
                .stream()
                .map(Stored::row)
                .toList();
    }

    /** Every name of a drop that the ledger knows. */
    public List<String> names() {
        return ledger.write()
                .sql("""
                    select drop_name from drop_folder union select drop_name from import union select drop_name from mirrored\
                    """)
                .query((found, number) -> found.getString(1))
                .list();
    }

    /** Records where a drop is, and what its folder is known by from now on. */
    public void know(Row row) {
        FolderIdentity identity = row.identity();
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("""
                        insert into drop_folder (drop_name, place, device, inode, born)
                        values (:drop, :place, :device, :inode, :born)
                        on conflict (drop_name) do update set place = :place, device = :device, inode = :inode,
                            born = :born\
                        """)
                    .param("drop", row.drop())
                    .param("place", row.place())
                    .param("device", identity == null ? null : identity.device())
                    .param("inode", identity == null ? null : identity.inode())
                    .param("born", identity == null ? null : identity.born())
                    .update();
        });
    }

    /** The same, since a person says that it is the drop's folder from now on. */
    public void accept(Row row, String detail, String actor, Instant now) {
        ledger.inTransaction(() -> {
            know(row);
            events.add(now, null, row.drop(), "folder accepted", detail, actor);
        });
    }

    /**
     * A drop has another name from now on: what has not ended goes on under it, with the drop's gate, its created segments and
     * what was mirrored of it. What has ended keeps its name, which its folders bear.
     *
     * @return how many imports go on
     */
    public int rename(String from, Row to, Instant now) {
        return ledger.inTransaction(() -> {
            know(new Row(from, to.place(), to.identity()));
            int moved = update("""
                update import set drop_name = :to,
                    lane = case when substr(lane, 1, length('create:' || :from || ':')) = 'create:' || :from || ':'
                        then 'create:' || :to || substr(lane, length('create:' || :from) + 1) else lane end
                where drop_name = :from and state in ('TAKEN', 'READY', 'HELD')\
                """, from, to.drop());
            update("update or replace mirrored set drop_name = :to where drop_name = :from", from, to.drop());
            update("update or ignore created_segment set drop_name = :to where drop_name = :from", from, to.drop());
            update("update or ignore gate set name = 'drop:' || :to where name = 'drop:' || :from", from, to.drop());
            if (moved > 0) {
                events.add(
                        now,
                        null,
                        to.drop(),
                        "drop renamed",
                        "the drop " + from + " is " + to.drop() + " now; " + moved + " imports go on there",
                        Imports.SELF);
            }
            return moved;
        });
    }

    private int update(String sql, String from, String to) {
        return ledger.write().sql(sql).param("from", from).param("to", to).update();
    }
}
