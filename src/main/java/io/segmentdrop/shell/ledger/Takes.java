package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The takes of imports: recorded before a file is moved, finished or undone after a kill. Each change is one transaction. */
public final class Takes {

    /**
     * A take that begins: recorded before a file is moved.
     *
     * @param sources the files that are taken: name in the drop, what it looks like now, name in custody
     * @param lane the lane if the sidecar tells it already, so that a later import cannot overtake this one's check
     * @param verdict why the pair is refused whatever it holds; null if it is to be checked
     */
    public record Take(
            String id,
            String drop,
            String file,
            List<List<String>> sources,
            @Nullable String lane,
            @Nullable Long segment,
            @Nullable Code verdict,
            @Nullable String reason) {}

    private record Named(String drop, String file) {

        static final RecordMapper<Named> MAPPER = new RecordMapper<>(Named.class);
    }

    /** A file counts for no more, so that no sum of them is too large for a number. */
    private static final long MOST = 1L << 50;

    private final LedgerDatabase ledger;
    private final Imports imports;
    private final Events events;

    Takes(LedgerDatabase ledger, Imports imports, Events events) {
        this.ledger = ledger;
        this.imports = imports;
        this.events = events;
    }

    /** Records that takes begin, in this order. */
    public void intend(List<Take> takes, Instant now) {
        if (!takes.isEmpty()) {
            ledger.inTransaction(() -> takes.forEach(take -> intend(take, now)));
        }
    }

    private void intend(Take take, Instant now) {
        ledger.write()
                .sql("""
                    insert into import (id, drop_name, file_name, state, code, reason, sources, taken_at,
                        changed_at, lane, segment, tell_at, source_bytes)
                    values (:id, :drop, :file, 'TAKEN', :verdict, :reason, :sources, :now, :now, :lane,
                        :segment, :tellAt, :bytes)\
                    """)
                .param("id", take.id())
                .param("drop", take.drop())
                .param("file", take.file())
                .param("sources", LedgerJson.texts(take.sources()))
                .param("bytes", bytes(take.sources()))
                .param("verdict", take.verdict() == null ? null : take.verdict().name())
                .param("reason", take.reason())
                .param("lane", take.lane())
                .param("segment", take.segment())
                .param("now", now.toEpochMilli())
                .param("tellAt", now.plus(Tellings.UNDER_WAY).toEpochMilli())
                .update();
    }

    /** The size is what the mark of a file begins with; of a hole it may be any. */
    private static long bytes(List<List<String>> sources) {
        return sources.stream()
                .map(source -> source.get(1))
                .mapToLong(mark -> Math.min(MOST, Long.parseLong(mark.substring(0, mark.indexOf(':')))))
                .sum();
    }

    /**
     * What is on its way, in bytes of the files as they were dropped.
     *
     * @param unchecked of all drops, taken and not checked: a check may write as much again
     * @param inCustody of one drop, neither archived nor a dead letter
     * @param kept of that drop, these too, as long as their files are there
     */
    public record Load(long unchecked, long inCustody, long kept) {

        static final RecordMapper<Load> MAPPER = new RecordMapper<>(Load.class);
    }

    /** What is on its way now. */
    public Load load(String drop) {
        return ledger.write().sql("""
            select coalesce(sum(case when state = 'TAKEN' then source_bytes else 0 end), 0),
                coalesce(sum(case when drop_name = :drop then source_bytes else 0 end), 0),
                (select coalesce(sum(source_bytes), 0) from import
                    where drop_name = :drop and source_bytes > 0)
            from import where settled = 0\
            """).param("drop", drop).query(Load.MAPPER).single();
    }

    /**
     * A take whose files are in custody.
     *
     * @param missing what the sender changed or removed meanwhile; null if nothing is missing
     */
    public record Taken(String id, @Nullable Problem missing) {}

    /** Records of several at once that they are in custody; of what is missing, it is the verdict. */
    public void inCustody(List<Taken> taken, Instant now) {
        ledger.inTransaction(() -> taken.forEach(one -> {
            if (one.missing() != null) {
                verdict(one.id(), one.missing().code(), one.missing().message());
            }
            inCustody(one.id(), now);
        }));
    }

    /** Records that the files are in custody. */
    public void inCustody(String id, Instant now) {
        ledger.inTransaction(() -> {
            Named named = ledger.write()
                    .sql("update import set in_custody = 1 where id = ? returning drop_name, file_name")
                    .param(id)
                    .query(Named.MAPPER)
                    .single();
            events.add(now, id, named.drop(), "taken", named.file(), Imports.SELF);
        });
    }

    /** Forgets a take that took nothing. */
    public void undo(String id) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("delete from import where id = ? and in_custody = 0")
                    .param(id)
                    .update();
        });
    }

    /** Records why an import is refused whatever it holds, before it is checked. */
    public void verdict(String id, Code code, String reason) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set code = coalesce(code, ?), reason = coalesce(reason, ?) where id = ?")
                    .params(code.name(), reason, id)
                    .update();
        });
    }

    /** The takes of a drop that were begun and not finished, oldest first. */
    public List<ImportRow> unfinished(String drop) {
        return imports.select("where in_custody = 0 and replay_of is null and drop_name = :drop order by seq")
                .param("drop", drop)
                .query(ImportRow.MAPPER)
                .list();
    }

    /** The take of this file that was begun and not finished. */
    public Optional<ImportRow> unfinished(String drop, String file) {
        return imports.select("where in_custody = 0 and replay_of is null and drop_name = :drop and file_name = :file"
                        + " order by seq limit 1")
                .param("drop", drop)
                .param("file", file)
                .query(ImportRow.MAPPER)
                .optional();
    }
}
