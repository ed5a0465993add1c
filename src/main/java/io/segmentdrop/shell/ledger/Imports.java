package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.split.PlannedChunk;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The imports of the ledger, from the take to the last receipt. Every change is one transaction, durable when the method
 * returns, with its event; a state changes only to one that {@link ImportState#next} allows.
 */
public final class Imports {

    /** Who acts when no person does. */
    public static final String SELF = "segment-drop";

    /**
     * What the check found, whatever its verdict.
     *
     * @param options JSON of {@link LedgerJson}; null if they could not be made out; likewise optionsHash
     */
    public record Checked(
            @Nullable String sha256,
            @Nullable String options,
            @Nullable String optionsHash,
            @Nullable String requestId,
            boolean dryRun,
            @Nullable Long segment,
            @Nullable String lane,
            long rowsRead,
            long rowsRejected,
            String problems,
            long problemsTotal,
            String warnings) {}

    /**
     * The frozen plan of what is sent.
     *
     * @param createsSegment whether the segment is created first, by a chunk of number 0 that has no rows
     */
    public record Plan(
            boolean clears,
            ResendClass resendClass,
            String fields,
            String header,
            long contentSize,
            long contentMtime,
            List<PlannedChunk> chunks,
            boolean createsSegment) {}

    private final LedgerDatabase ledger;
    private final Events events;
    private final Takes takes;
    private final Tellings tellings;

    public Imports(LedgerDatabase ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
        this.takes = new Takes(ledger, this, events);
        this.tellings = new Tellings(ledger, this);
    }

    /** How imports begin. */
    public Takes takes() {
        return takes;
    }

    /** How what became of them is told. */
    public Tellings tellings() {
        return tellings;
    }

    /** The oldest import to check that is not being checked now. */
    public Optional<ImportRow> nextToCheck(Collection<String> busy, Instant now) {
        return select("""
            where state = 'TAKEN' and in_custody = 1 and not_before <= :now
                and id not in (select value from json_each(:busy)) order by seq limit 1\
            """)
                .param("now", now.toEpochMilli())
                .param("busy", LedgerJson.set(busy))
                .query(ImportRow.MAPPER)
                .optional();
    }

    /** Records that a check begins; answers how often it was begun, so that one that kills the program is noticed. */
    public int checkBegins(String id) {
        return ledger.inTransaction(() -> ledger.write()
                .sql("update import set checks = checks + 1 where id = ? returning checks")
                .param(id)
                .query(Integer.class)
                .single());
    }

    /** Ends a check without a plan: refused, held, a dry run or a duplicate. */
    public void conclude(String id, Checked checked, ImportState to, @Nullable Code code, String reason, Instant now) {
        ledger.inTransaction(() -> {
            write(id, checked);
            change(id, to, code, reason, SELF, now);
        });
    }

    /**
     * Ends a check with a plan: the import is READY in its lane. If its drop used the same request id before, nothing is
     * changed and that import is the answer; of two that are planned at once, one finds the other.
     */
    public Optional<ImportRow> plan(String id, Checked checked, Plan plan, Instant now) {
        return ledger.inTransaction(() -> {
            ImportRow row = get(id);
            Optional<ImportRow> earlier = withRequestId(row.dropName(), checked.requestId(), id);
            if (earlier.isPresent()) {
                return earlier;
            }
            write(id, checked);
            ledger.write()
                    .sql("""
                        update import set clears = :clears, resend_class = :resendClass, fields = :fields,
                            header = :header, content_size = :size, content_mtime = :mtime where id = :id\
                        """)
                    .param("clears", plan.clears() ? 1 : 0)
                    .param("resendClass", plan.resendClass().name())
                    .param("fields", plan.fields())
                    .param("header", plan.header())
                    .param("size", plan.contentSize())
                    .param("mtime", plan.contentMtime())
                    .param("id", id)
                    .update();
            if (plan.createsSegment()) {
                ledger.write().sql("""
                    insert into chunk (import_id, number, state, byte_offset, byte_length, row_count, sha256)
                    values (?, 0, 'PLANNED', 0, 0, 0, '')\
                    """).param(id).update();
            }
            plan.chunks().forEach(chunk -> insert(id, chunk));
            change(row, ImportState.READY, null, plan.chunks().size() + " chunks", SELF, now);
            return Optional.empty();
        });
    }

    private void write(String id, Checked checked) {
        ledger.write()
                .sql("""
                    update import set sha256 = :sha256, options = :options, options_hash = :optionsHash,
                        request_id = :requestId, dry_run = :dryRun, segment = coalesce(:segment, segment),
                        lane = coalesce(:lane, lane), rows_read = :rowsRead, rows_rejected = :rowsRejected,
                        problems = :problems, problems_total = :problemsTotal, warnings = :warnings where id = :id\
                    """)
                .param("sha256", checked.sha256())
                .param("options", checked.options())
                .param("optionsHash", checked.optionsHash())
                .param("requestId", checked.requestId())
                .param("dryRun", checked.dryRun() ? 1 : 0)
                .param("segment", checked.segment())
                .param("lane", checked.lane())
                .param("rowsRead", checked.rowsRead())
                .param("rowsRejected", checked.rowsRejected())
                .param("problems", checked.problems())
                .param("problemsTotal", checked.problemsTotal())
                .param("warnings", checked.warnings())
                .param("id", id)
                .update();
    }

    void insert(String id, PlannedChunk chunk) {
        ledger.write()
                .sql("""
                    insert into chunk (import_id, number, state, byte_offset, byte_length, row_count, sha256)
                    values (?, ?, 'PLANNED', ?, ?, ?, ?)\
                    """)
                .params(id, chunk.number(), chunk.offset(), chunk.length(), chunk.rows(), chunk.sha256())
                .update();
    }

    /** Changes the state, as a part of the caller's transaction or as one of its own. */
    public void change(String id, ImportState to, @Nullable Code code, String reason, String actor, Instant now) {
        ledger.inTransaction(() -> change(get(id), to, code, reason, actor, now));
    }

    private void change(ImportRow row, ImportState to, @Nullable Code code, String reason, String actor, Instant now) {
        String id = row.id();
        if (!row.state().next().contains(to)) {
            throw new IllegalStateException("import " + id + " is " + row.state() + " and cannot become " + to);
        }
        ledger.write()
                .sql("""
                    update import set state = :to, code = :code, reason = :reason, changed_at = :now,
                        state_since = :now, finished_at = :finished, revision = revision + 1, tell_at = :tellAt,
                        delivered_after = case when :to = 'DELIVERED'
                            then (select coalesce(max(id), 0) from attempt) else 0 end where id = :id\
                    """)
                .param(
                        "tellAt",
                        to == ImportState.READY ? now.plus(Tellings.UNDER_WAY).toEpochMilli() : 0)
                .param("to", to.name())
                .param("code", code == null ? null : code.name())
                .param("reason", reason)
                .param("now", now.toEpochMilli())
                .param("finished", to.isFinal() ? now.toEpochMilli() : null)
                .param("id", id)
                .update();
        String detail = (code == null ? "" : code.name() + ": ") + reason;
        Notice notice = News.of(to)
                .map(news ->
                        new Notice(news, row.dropName(), null, code, 1, now, now, id, row.fileName(), reason, actor))
                .orElse(null);
        if (notice == null) {
            events.add(now, id, row.dropName(), to.partnerWord(), detail, actor);
        } else {
            events.add(notice, to.partnerWord(), detail);
        }
    }

    /** Holds the import for a person. */
    public void hold(String id, Code code, String reason, Instant now) {
        change(id, ImportState.HELD, code, reason, SELF, now);
    }

    /** Remembers the time of change of the file that is sent from, whose content was found as planned. */
    public void staged(String id, long mtimeNanos) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set content_mtime = ? where id = ?")
                    .params(mtimeNanos, id)
                    .update();
        });
    }

    /** Puts a check or an attempt off, since the cause lies in us or in the machine. */
    public void checkLater(String id, Instant when) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set not_before = ? where id = ?")
                    .params(when.toEpochMilli(), id)
                    .update();
        });
    }

    /** The same, and the check that could not be made is not counted: the machine failed it, not the file. */
    public void checkAgain(String id, Instant when) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update import set not_before = ?, checks = max(0, checks - 1) where id = ?")
                    .params(when.toEpochMilli(), id)
                    .update();
        });
    }

    /** The last delivered import of a lane, if that was since then; where the clock jumped, the time between does not count. */
    public Optional<ImportRow> lastDelivered(String lane, Instant since) {
        return select("""
            where seq = (select seq from import where lane = :lane and state = 'DELIVERED'
                    order by delivered_after desc, seq desc limit 1)
                and coalesce(state_since, changed_at) >= :since\
            """)
                .param("lane", lane)
                .param("since", since.toEpochMilli())
                .query(ImportRow.MAPPER)
                .optional();
    }

    /** The last delivered clearing import of a segment. */
    public Optional<ImportRow> lastClearing(long segment) {
        return select("""
            where segment = :segment and clears = 1 and state = 'DELIVERED'
            order by delivered_after desc, seq desc limit 1\
            """).param("segment", segment).query(ImportRow.MAPPER).optional();
    }

    /** Whether anything of the lane, or of the segment in another one, was taken and sent after this import. */
    public boolean isSegmentNewerThan(String id) {
        ImportRow old = get(id);
        return ledger.write()
                        .sql("""
                            select count(*) from import i where (i.lane = :lane or i.segment = :segment) and i.seq > :seq
                                and exists (select 1 from attempt a where a.import_id = i.id)\
                            """)
                        .param("lane", old.lane())
                        .param("segment", old.segment())
                        .param("seq", old.seq())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The first import of a drop with this request id that was not refused, other than this one. */
    private Optional<ImportRow> withRequestId(String drop, @Nullable String requestId, String except) {
        return requestId == null
                ? Optional.empty()
                : select("""
                    where request_id = :requestId and id <> :except
                        and state in ('TAKEN', 'READY', 'HELD', 'DELIVERED')\
                    """ + " and drop_name in " + DropFolders.NAMES + " order by seq limit 1")
                        .param("drop", drop)
                        .param("requestId", requestId)
                        .param("except", except)
                        .query(ImportRow.MAPPER)
                        .optional();
    }

    public Optional<ImportRow> find(String id) {
        return select("where id = :id").param("id", id).query(ImportRow.MAPPER).optional();
    }

    /**
     * The import of this id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ImportRow get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no import " + id));
    }

    public List<ChunkRow> chunks(String id) {
        return ledger.write()
                .sql("select " + ChunkRow.COLUMNS + " from chunk where import_id = ? order by number")
                .param(id)
                .query(ChunkRow.MAPPER)
                .list();
    }

    /** Whether a chunk of rows was accepted already. */
    public boolean isPartlyAccepted(String id) {
        return ledger.write()
                .sql("select exists (select 1 from chunk where import_id = ? and number > 0 and state = 'ACCEPTED')")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    StatementSpec select(String where) {
        return ledger.write().sql("select " + ImportRow.COLUMNS + " from import " + where);
    }
}
