package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the ledger for people: lists, histories and counts. Never a part of a decision. */
public final class Browse {

    /** The most imports of one list. */
    public static final int MOST = 200;

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
     * @param limit 1 to {@value #MOST}
     */
    public List<ImportRow> imports(
            @Nullable ImportState state, @Nullable String drop, @Nullable String q, long before, int limit) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + """
                     from import where in_custody = 1 and seq < :before
                        and (:state is null or state = :state) and (:drop is null or drop_name = :drop)
                        and (:q is null or id = :q or sha256 = :q or request_id = :q
                            or instr(lower(file_name), lower(:q)) > 0)
                    order by seq desc limit :limit\
                    """)
                .param("before", before)
                .param("state", state == null ? null : state.name())
                .param("drop", drop)
                .param("q", q)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query(ImportRow.class)
                .list();
    }

    /** How many imports are in each state; states without any are left out. */
    public Map<ImportState, Long> countByState() {
        record Count(ImportState state, long number) {}
        Map<ImportState, Long> counts = new TreeMap<>();
        ledger.read()
                .sql("select state, count(*) as number from import where in_custody = 1 group by state")
                .query(Count.class)
                .list()
                .forEach(count -> counts.put(count.state(), count.number()));
        return counts;
    }

    /** The chunks of an import, in their order. */
    public List<ChunkRow> chunks(String importId) {
        return ledger.read()
                .sql("select " + ChunkRow.COLUMNS + " from chunk where import_id = ? order by number")
                .param(importId)
                .query(ChunkRow.class)
                .list();
    }

    /** The attempts of an import, oldest first. */
    public List<AttemptRow> attempts(String importId) {
        return ledger.read().sql("""
            select id, import_id, chunk, number, started_at, ended_at, outcome, code, status, answer
            from attempt where import_id = ? order by id\
            """).param(importId).query(AttemptRow.class).list();
    }

    public Optional<ImportRow> find(String importId) {
        return ledger.read()
                .sql("select " + ImportRow.COLUMNS + " from import where id = ?")
                .param(importId)
                .query(ImportRow.class)
                .optional();
    }

    /** What the API answered last to an import; empty if it never did. */
    public Optional<Answer> lastAnswer(String importId) {
        return attempts(importId).stream()
                .filter(attempt -> attempt.status() != null)
                .reduce((earlier, later) -> later)
                .map(attempt -> new Answer(
                        Objects.requireNonNull(attempt.status()),
                        attempt.answer() == null ? "" : attempt.answer()));
    }
}
