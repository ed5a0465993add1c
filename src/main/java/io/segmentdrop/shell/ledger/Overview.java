package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the ledger for people: days, hours, causes and decisions. Never a part of a decision. */
public final class Overview {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** A replay stands for the import that it replays, which then needs nobody any more. The plus keeps to the one index. */
    private static final String NOT_REPLAYED =
            " not exists (select 1 from import r where r.replay_of = import.id and +r.in_custody = 1)";

    private final LedgerDatabase ledger;

    public Overview(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /**
     * How many imports of a drop were taken in one day and are in one state now.
     *
     * @param day days since 1970, UTC
     */
    public record Day(long day, String dropName, ImportState state, long number) {

        static final RecordMapper<Day> MAPPER = new RecordMapper<>(Day.class);
    }

    /**
     * What was delivered in one hour.
     *
     * @param hour hours since 1970
     * @param rows those that OptiPub accepted
     */
    public record Hour(long hour, long imports, long rows) {

        static final RecordMapper<Hour> MAPPER = new RecordMapper<>(Hour.class);
    }

    /**
     * The imports that wait for somebody for the same cause: held, rejected or undeliverable, and not replayed. Times are
     * milliseconds since 1970 UTC.
     */
    public record Cause(ImportState state, @Nullable Code code, long number, long firstSeen, long lastSeen) {

        static final RecordMapper<Cause> MAPPER = new RecordMapper<>(Cause.class);
    }

    /** The newest line of the history; it grows with whatever happens. */
    public long lastEvent() {
        return ledger.read()
                .sql("select coalesce(max(id), 0) from event")
                .query(Long.class)
                .single();
    }

    /** The imports taken since this day (UTC), by day, drop and state; what has none is left out. */
    public List<Day> days(Instant since) {
        return ledger.read()
                .sql("""
                    select taken_at / 86400000 as day, drop_name, state, count(*) as number from import
                    where in_custody = 1 and taken_at >= :since
                    group by taken_at / 86400000, drop_name, state\
                    """)
                .param("since", Math.floorDiv(since.toEpochMilli(), DAY) * DAY)
                .query(Day.MAPPER)
                .list();
    }

    /** What was delivered since this hour, by hour; hours without are left out. */
    public List<Hour> hours(Instant since) {
        return ledger.read()
                .sql("""
                    select finished_at / 3600000 as hour, count(*) as imports, sum(rows_read - rows_rejected) as rows
                    from import where finished_at >= :since and state = 'DELIVERED'
                    group by finished_at / 3600000\
                    """)
                .param("since", Math.floorDiv(since.toEpochMilli(), HOUR) * HOUR)
                .query(Hour.MAPPER)
                .list();
    }

    /** The causes for which imports wait for somebody, the latest first. */
    public List<Cause> causes() {
        return ledger.read()
                .sql("""
                    select state, code, count(*) as number, min(changed_at) as first_seen, max(changed_at) as last_seen
                    from import where state in ('HELD', 'REJECTED', 'UNDELIVERABLE') and\
                    """ + NOT_REPLAYED + " group by state, code order by last_seen desc, state, code")
                .query(Cause.MAPPER)
                .list();
    }

    /**
     * The imports that wait for somebody for one cause, the oldest first.
     *
     * @param state {@code HELD}, {@code REJECTED} or {@code UNDELIVERABLE}
     */
    public List<ImportRow> of(ImportState state, @Nullable Code code, int limit) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " from import where state in ('HELD', 'REJECTED', 'UNDELIVERABLE')"
                        + " and state = :state and code is :code and" + NOT_REPLAYED
                        + " order by changed_at, seq limit :limit")
                .param("state", state.name())
                .param("code", code == null ? null : code.name())
                .param("limit", limit)
                .query(ImportRow.MAPPER)
                .list();
    }

    /** How many imports the ledger knows by their files alone, and nobody has replayed yet. */
    public long unknown() {
        return ledger.read()
                .sql("select count(*) from import where state = 'UNDELIVERABLE' and code = 'LEDGER_UNKNOWN' and"
                        + NOT_REPLAYED)
                .query(Long.class)
                .single();
    }

    /** The replays of an import, the oldest first. */
    public List<ImportRow> replays(String importId) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " from import where replay_of = ? and in_custody = 1 order by seq")
                .param(importId)
                .query(ImportRow.MAPPER)
                .list();
    }

    /** What people did last, the newest first. */
    public List<EventRow> decisions(int limit) {
        return ledger.read().sql("""
            select id, at, import_id, drop_name, kind, detail, actor from event
            where actor <> 'segment-drop' order by id desc limit ?\
            """).param(limit).query(EventRow.MAPPER).list();
    }
}
