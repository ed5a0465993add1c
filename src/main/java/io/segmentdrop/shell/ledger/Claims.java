package io.segmentdrop.shell.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the next attempt: the next chunk of the oldest import whose lane is free, whose time has come and whose gates are
 * open. Promise: the chunk is {@code SENDING} and the attempt recorded, durably, before {@link #begin} returns; so no byte
 * leaves without a record, and a lane has one open request at most.
 */
public final class Claims {

    /** Longer than any request may take: a probe that was cut off by a kill holds the gate closed no longer than this. */
    public static final Duration PROBE = Duration.ofMinutes(5);

    /** The head of each lane: its oldest import that has not ended, if that one is READY and its next chunk may go. */
    private static final String HEADS = " from import i join chunk c on c.import_id = i.id"
            + " where i.state = 'READY' and i.not_before <= :now and c.state in ('PLANNED', 'IN_DOUBT')"
            + " and c.not_before <= :now"
            + " and c.number = (select min(x.number) from chunk x where x.import_id = i.id and x.state <> 'ACCEPTED')"
            + " and not exists (select 1 from import e where e.lane = i.lane and e.seq < i.seq"
            + " and e.state in ('TAKEN', 'READY', 'HELD'))"
            + " and not exists (select 1 from gate g where g.name = 'drop:' || i.drop_name)";

    private static final String OLDEST = "i.seq";

    /** A probe is rather one that did not fail yet, so that one bad import cannot keep a gate closed for the others. */
    private static final String FRESH = "(c.last_code is not null), c.attempts, i.seq";

    /** An attempt without an end. */
    private record Open(long id, String importId, int chunk, long startedAt) {

        static final RecordMapper<Open> MAPPER = new RecordMapper<>(Open.class);
    }

    private final LedgerDatabase ledger;

    public Claims(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /**
     * A chunk that may be sent now.
     *
     * @param probe true if a gate is closed and this may be its probe
     */
    public record Head(ImportRow row, ChunkRow chunk, boolean probe) {}

    /**
     * The oldest head of a lane that may go now; nothing is changed yet.
     *
     * @param taken lanes in which an attempt is being recorded at this moment
     */
    public Optional<Head> next(Instant now, Set<String> taken) {
        List<GateRow> closed = closedForAll();
        if (closed.isEmpty()) {
            return head(now, "", false, taken);
        }
        boolean early = closed.stream().anyMatch(gate -> gate.probeAt() > now.toEpochMilli());
        return early || !taken.isEmpty() || isAnythingOpen()
                ? Optional.empty()
                : head(now, " and i.resend_class <> 'UNSAFE' and c.number > 0", true, taken);
    }

    /** If a gate is closed and only imports wait that must not be its probe: the segment to ask for instead. */
    public Optional<Long> segmentToProbe(Instant now) {
        List<GateRow> closed = closedForAll();
        boolean due = !closed.isEmpty() && closed.stream().allMatch(gate -> gate.probeAt() <= now.toEpochMilli());
        if (!due || isAnythingOpen()) {
            return Optional.empty();
        }
        return ledger.write()
                .sql("select coalesce(i.segment, 1)" + HEADS + " order by " + OLDEST + " limit 1")
                .param("now", now.toEpochMilli())
                .query(Long.class)
                .optional();
    }

    private List<GateRow> closedForAll() {
        return ledger.write().sql("""
            select name, closed_at, code, reason, actor, probe_at, probes from gate
            where name in ('api', 'credential')\
            """).query(GateRow.MAPPER).list();
    }

    private boolean isAnythingOpen() {
        return ledger.write()
                        .sql("select count(*) from attempt where ended_at is null")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Optional<Head> head(Instant now, String more, boolean probe, Set<String> taken) {
        record Key(String id, int number) {}
        return ledger.write()
                .sql("select i.id, c.number" + HEADS + more
                        + " and i.lane not in (select value from json_each(:taken)) order by "
                        + (probe ? FRESH : OLDEST)
                        + " limit 1")
                .param("now", now.toEpochMilli())
                .param("taken", LedgerJson.set(taken))
                .query(Key.class)
                .optional()
                .map(key -> new Head(row(key.id()), chunk(key.id(), key.number()), probe));
    }

    private ImportRow row(String id) {
        return ledger.write()
                .sql("select " + ImportRow.COLUMNS + " from import where id = ?")
                .param(id)
                .query(ImportRow.MAPPER)
                .single();
    }

    private ChunkRow chunk(String id, int number) {
        return ledger.write()
                .sql("select " + ChunkRow.COLUMNS + " from chunk where import_id = ? and number = ?")
                .params(id, number)
                .query(ChunkRow.MAPPER)
                .single();
    }

    /** Whether anything of the lane, or of the segment in a lane of before, but this import was sent after this attempt. */
    public boolean isLaterSent(ImportRow row, long attempt) {
        return ledger.write()
                        .sql("""
                            select count(*) from attempt a join import i on i.id = a.import_id
                            where (i.lane = :lane or i.segment = :segment) and i.id <> :id and a.id > :attempt\
                            """)
                        .param("lane", row.lane())
                        .param("segment", row.segment())
                        .param("id", row.id())
                        .param("attempt", attempt)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Whether another lane was answered with a redirect after this attempt, and none was accepted, which would speak for the
     * key.
     */
    public boolean isOtherLaneRedirected(ImportRow row, long attempt) {
        return ledger.write()
                        .sql("""
                            select count(*) from attempt a join import i on i.id = a.import_id
                            where i.lane <> :lane and a.id > :attempt and a.code = 'API_302_FAILURE'
                                and not exists (select 1 from attempt b
                                    where b.outcome = 'accepted' and b.id > :attempt)\
                            """)
                        .param("lane", row.lane())
                        .param("attempt", attempt)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Records that the attempt begins; empty if a person ended or changed the import since {@link #next} found it. */
    public Optional<Claim> begin(Head head, Instant now) {
        return ledger.inTransaction(() -> {
            int begun = ledger.write()
                    .sql("""
                        update chunk set state = 'SENDING', attempts = attempts + 1
                        where import_id = :id and number = :number and state in ('PLANNED', 'IN_DOUBT')
                            and exists (select 1 from import i where i.id = :id and i.state = 'READY')\
                        """)
                    .param("id", head.row().id())
                    .param("number", head.chunk().number())
                    .update();
            if (begun == 0) {
                return Optional.<Claim>empty();
            }
            long attempt = ledger.write()
                    .sql("""
                        insert into attempt (import_id, chunk, number, started_at) values (?, ?, ?, ?) returning id\
                        """)
                    .params(head.row().id(), head.chunk().number(), head.chunk().attempts() + 1, now.toEpochMilli())
                    .query(Long.class)
                    .single();
            if (head.probe()) {
                ledger.write()
                        .sql("update gate set probe_at = ? where name in ('api', 'credential')")
                        .param(now.plus(PROBE).toEpochMilli())
                        .update();
            }
            return Optional.of(new Claim(head.row(), head.chunk(), attempt, now, head.probe()));
        });
    }

    /** Attempts without an end, oldest first. At the start: nobody knows what became of them. */
    public List<Claim> open() {
        return ledger
                .write()
                .sql("select id, import_id, chunk, started_at from attempt where ended_at is null order by id")
                .query(Open.MAPPER)
                .list()
                .stream()
                .map(key -> new Claim(
                        row(key.importId()),
                        chunk(key.importId(), key.chunk()),
                        key.id(),
                        Instant.ofEpochMilli(key.startedAt()),
                        false))
                .toList();
    }
}
