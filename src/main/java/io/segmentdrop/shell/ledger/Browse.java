package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Answer;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the ledger for people: lists, histories and counts. Never a part of a decision. */
public final class Browse {

    /** The most imports of one list. */
    public static final int MOST = 200;

    /** By name through an index that holds the names alone: the rows themselves are large. */
    private static final String FOUND = """
        select seq from import where id = :q
        union all select seq from import where sha256 = :q
        union all select seq from import where request_id = :q
        union all select seq from import where instr(lower(file_name), lower(:q)) > 0\
        """;

    private final LedgerDatabase ledger;

    public Browse(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /**
     * Imports, the newest first.
     *
     * @param state only these; null for all; likewise drop
     * @param q a part of the file's name, or the whole of an id, hash or request id; null for all
     * @param before only those taken before this one, by {@code seq}; {@link Long#MAX_VALUE} for the newest
     * @param limit 1 to {@value #MOST}, or one more to see whether others follow
     */
    public List<ImportRow> imports(
            @Nullable ImportState state, @Nullable String drop, @Nullable String q, long before, int limit) {
        // a condition that is not asked for would keep the others from their index
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " from import where in_custody = 1 and seq < :before"
                        + (state == null ? "" : " and state = :state")
                        + (drop == null ? "" : " and drop_name = :drop")
                        + (q == null ? "" : " and seq in (" + FOUND + ")")
                        + " order by seq desc limit :limit")
                .param("before", before)
                .param("state", state == null ? null : state.name())
                .param("drop", drop)
                .param("q", q)
                .param("limit", Math.clamp(limit, 1, MOST + 1))
                .query(ImportRow.MAPPER)
                .list();
    }

    /** How many imports of each drop are in each state; what has none is left out. */
    public Map<String, Map<ImportState, Long>> counts() {
        record Count(String dropName, ImportState state, long number) {}
        Map<String, Map<ImportState, Long>> counts = new TreeMap<>();
        ledger.read()
                .sql("""
                    select drop_name, state, count(*) as number from import
                    where in_custody = 1 group by drop_name, state\
                    """)
                .query(Count.class)
                .list()
                .forEach(count -> counts.computeIfAbsent(count.dropName(), drop -> new EnumMap<>(ImportState.class))
                        .put(count.state(), count.number()));
        return counts;
    }

    /**
     * When the oldest import of each drop and state was taken, for the states that are not final; those without any are left
     * out.
     */
    public Map<String, Map<ImportState, Instant>> oldest() {
        record Oldest(String dropName, ImportState state, long takenAt) {}
        Map<String, Map<ImportState, Instant>> oldest = new TreeMap<>();
        ledger.read()
                .sql("""
                    select drop_name, state, min(taken_at) as taken_at from import
                    where in_custody = 1 and state in ('TAKEN', 'READY', 'HELD') group by drop_name, state\
                    """)
                .query(Oldest.class)
                .list()
                .forEach(one -> oldest.computeIfAbsent(one.dropName(), drop -> new EnumMap<>(ImportState.class))
                        .put(one.state(), Instant.ofEpochMilli(one.takenAt())));
        return oldest;
    }

    /** How many imports of each lane have not ended, by the lane; lanes without any, and imports without one, are left out. */
    public Map<String, Long> lanes() {
        record Lane(String lane, long depth) {}
        return ledger.read().sql("""
            select lane, count(*) as depth from import
            where in_custody = 1 and state in ('TAKEN', 'READY', 'HELD') and lane is not null group by lane\
            """).query(Lane.class).list().stream()
                .collect(Collectors.toMap(Lane::lane, Lane::depth));
    }

    /** How many pairs of a drop were taken in this time, {@code to} exclusive; no replays, and no halves. */
    public long arrivals(String drop, Instant from, Instant to) {
        return ledger.read()
                .sql("""
                    select count(*) from import where drop_name = :drop and taken_at >= :from and taken_at < :to
                        and in_custody = 1 and replay_of is null
                        and coalesce(code, '') not in ('SIDE_MISSING', 'CSV_MISSING')\
                    """)
                .param("drop", drop)
                .param("from", from.toEpochMilli())
                .param("to", to.toEpochMilli())
                .query(Long.class)
                .single();
    }

    /** The closed gates, by name. */
    public List<GateRow> closedGates() {
        return ledger.read()
                .sql("select name, closed_at, code, reason, actor, probe_at, probes from gate order by name")
                .query(GateRow.MAPPER)
                .list();
    }

    /** The chunks of several imports by import, each list in its order; imports without chunks are left out. */
    public Map<String, List<ChunkRow>> chunks(Collection<String> importIds) {
        if (importIds.isEmpty()) {
            return Map.of();
        }
        return ledger
                .read()
                .sql("select " + ChunkRow.COLUMNS + " from chunk where import_id in (:ids) order by import_id, number")
                .param("ids", importIds)
                .query(ChunkRow.MAPPER)
                .list()
                .stream()
                .collect(Collectors.groupingBy(ChunkRow::importId));
    }

    /** The chunks of an import, in their order. */
    public List<ChunkRow> chunks(String importId) {
        return ledger.read()
                .sql("select " + ChunkRow.COLUMNS + " from chunk where import_id = ? order by number")
                .param(importId)
                .query(ChunkRow.MAPPER)
                .list();
    }

    /** The attempts of an import, oldest first. */
    public List<AttemptRow> attempts(String importId) {
        return ledger.read().sql("""
            select id, import_id, chunk, number, started_at, ended_at, outcome, code, status, answer
            from attempt where import_id = ? order by id\
            """).param(importId).query(AttemptRow.MAPPER).list();
    }

    public Optional<ImportRow> find(String importId) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " from import where id = ?")
                .param(importId)
                .query(ImportRow.MAPPER)
                .optional();
    }

    /** What the API answered last to an import; empty if it never did. */
    public Optional<Answer> lastAnswer(String importId) {
        return attempts(importId).stream()
                .filter(attempt -> attempt.status() != null)
                .reduce((earlier, later) -> later)
                .map(attempt -> new Answer(
                        Objects.requireNonNull(attempt.status()), attempt.answer() == null ? "" : attempt.answer()));
    }
}
