package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays in the ledger. A replay is a new import of the same files: one that had a plan is sent as it was planned, one
 * that had none is checked anew. Promise: it is recorded before its files are copied, and counts only when they are
 * whole; asked for again, the same replay is answered.
 */
public final class Replays {

    private static final String KIND = "replay";
    private static final Set<ImportState> REPLAYABLE =
            EnumSet.of(ImportState.DELIVERED, ImportState.REJECTED, ImportState.UNDELIVERABLE, ImportState.DISCARDED);

    /** What of an import is sent again. */
    public enum What {
        /** The chunks that were not accepted. */
        REST,
        /** Every chunk. */
        ALL;

        /** The word in requests and events. */
        public String word() {
            return this == REST ? "rest" : "all";
        }
    }

    /** What a request for a replay comes to. */
    public sealed interface Answer {

        /**
         * A replay is to be made.
         *
         * @param chunks what it sends, numbered anew; empty if it is checked anew
         */
        record Make(ImportRow original, What what, List<ChunkRow> chunks) implements Answer {

            /** Whether the files are checked anew, since there was no plan. */
            public boolean checksAnew() {
                return chunks.isEmpty();
            }
        }

        /** There is nothing to make. */
        record Settled(Decision decision) implements Answer {}
    }

    private final LedgerDatabase ledger;
    private final Imports imports;
    private final Events events;

    public Replays(LedgerDatabase ledger, Imports imports, Events events) {
        this.ledger = ledger;
        this.imports = imports;
        this.events = events;
    }

    /** What is to be done; changes nothing. */
    public Answer ask(String id, What wanted) {
        return ledger.inTransaction(() -> {
            ImportRow row = imports.get(id);
            List<ChunkRow> planned = imports.chunks(id);
            What what = planned.isEmpty() ? What.ALL : wanted;
            Decision.@Nullable Refused refused = refusal(row, planned);
            if (refused != null) {
                return new Answer.Settled(refused);
            }
            Optional<Decision> earlier = newest(id).flatMap(replay -> earlier(replay, what));
            if (earlier.isPresent()) {
                return new Answer.Settled(earlier.get());
            }
            List<ChunkRow> chunks = chunks(planned, what);
            return chunks.isEmpty() && !planned.isEmpty()
                    ? new Answer.Settled(nothingLeft())
                    : new Answer.Make(row, what, chunks);
        });
    }

    private static Decision.@Nullable Refused refusal(ImportRow row, List<ChunkRow> planned) {
        if (!REPLAYABLE.contains(row.state())) {
            return new Decision.Refused(
                    "an import that is delivered, rejected, undeliverable or discarded",
                    Decisions.found(row),
                    next(row));
        }
        if (!row.settled()) {
            return new Decision.Refused("its files put away", "an import that ended just now", "try again in a moment");
        }
        if (planned.isEmpty() && wasNoPair(row.code())) {
            return new Decision.Refused(
                    "a pair that can be checked",
                    String.valueOf(row.code()),
                    "drop the pair again, as its receipt says");
        }
        return null;
    }

    private static String next(ImportRow row) {
        return switch (row.state()) {
            case HELD -> "release or discard it";
            case CHECKED -> "drop the pair without dryRun";
            case DUPLICATE -> "replay the delivered import that its reason names, with {\"what\": \"all\"}";
            case TAKEN, READY, DELIVERED, REJECTED, UNDELIVERABLE, DISCARDED -> "wait until it has ended";
        };
    }

    /** Refused for its name or for a missing half, before anything was read. */
    private static boolean wasNoPair(@Nullable Code code) {
        return code != null
                && (code.name().startsWith("NAME_")
                        || code == Code.SIDE_MISSING
                        || code == Code.CSV_MISSING
                        || code == Code.SIDE_AMBIGUOUS);
    }

    /** The newest replay of an import whose files are whole. */
    private Optional<ImportRow> newest(String id) {
        return ledger.write()
                .sql("select " + ImportRow.COLUMNS
                        + " from import where replay_of = ? and in_custody = 1 order by seq desc limit 1")
                .param(id)
                .query(ImportRow.MAPPER)
                .optional();
    }

    /** What an earlier replay says to this request; empty if it does not stand in its way. */
    private Optional<Decision> earlier(ImportRow replay, What what) {
        EventRow event = event(replay);
        boolean same = event.detail().isEmpty() || event.detail().startsWith(what.word());
        if (!replay.state().isFinal()) {
            return Optional.of(same ? done(replay, event) : wait(replay));
        }
        if (!replay.state().isDeadLetter()) {
            return same
                    ? Optional.of(done(replay, event))
                    : what == What.REST ? Optional.of(nothingLeft()) : Optional.empty();
        }
        return what == What.REST ? Optional.of(ofReplay(replay)) : Optional.empty();
    }

    /** Says who asked for what; of a replay that a ledger from a backup learned of by its files, neither is known. */
    private EventRow event(ImportRow replay) {
        return ledger.write()
                .sql("""
                    select id, at, import_id, drop_name, kind, detail, actor from event
                    where import_id = ? and kind = ? order by id limit 1\
                    """)
                .params(replay.id(), KIND)
                .query(EventRow.MAPPER)
                .optional()
                .orElse(Decisions.unrecorded(replay));
    }

    private static Decision done(ImportRow replay, EventRow event) {
        return new Decision.Done(replay, Instant.ofEpochMilli(event.at()), event.actor());
    }

    private static Decision wait(ImportRow replay) {
        return new Decision.Refused(
                "no other replay of it under way",
                "import " + replay.id(),
                "wait until that one has ended, or discard it");
    }

    private static Decision ofReplay(ImportRow replay) {
        return new Decision.Refused(
                "an import without a replay",
                "import " + replay.id() + ", its replay, which is "
                        + replay.state().partnerWord(),
                "replay that one: it knows what is left");
    }

    private static Decision nothingLeft() {
        return new Decision.Refused(
                "chunks that were not accepted", "none", "{\"what\": \"all\"} sends every chunk again");
    }

    /** The creation of a segment is never repeated; of a clearing import, which is one chunk, the rest is all. */
    private static List<ChunkRow> chunks(List<ChunkRow> planned, What what) {
        List<ChunkRow> rows = planned.stream()
                .filter(chunk -> chunk.number() > 0)
                .filter(chunk -> what == What.ALL || chunk.state() != ChunkState.ACCEPTED)
                .toList();
        boolean creates =
                planned.stream().anyMatch(chunk -> chunk.number() == 0 && chunk.state() != ChunkState.ACCEPTED);
        return creates ? planned : rows;
    }

    /**
     * Records that the replay begins; it counts for nothing until {@link #finish}.
     *
     * @param lane where imports of its segment belong by now
     */
    public void begin(Answer.Make make, String id, @Nullable String lane, Instant now) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("""
                        insert into import (id, drop_name, file_name, state, sources, taken_at, changed_at, replay_of, lane,
                            segment)
                        select :id, drop_name, file_name, 'TAKEN', sources, :now, :now, id, :lane, segment
                        from import where id = :original\
                        """)
                    .param("id", id)
                    .param("now", now.toEpochMilli())
                    .param("lane", lane)
                    .param("original", make.original().id())
                    .update();
        });
    }

    /** Records that the files are whole; from now on the replay is an import like any other. */
    public Decision finish(Answer.Make make, String id, String actor, Instant now) {
        return ledger.inTransaction(() -> {
            ImportRow row = imports.get(id);
            String original = make.original().id();
            ledger.write()
                    .sql("update import set in_custody = 1 where id = ?")
                    .param(id)
                    .update();
            events.add(now, id, row.dropName(), KIND, make.what().word() + " of " + original, actor);
            events.add(now, original, row.dropName(), "replayed", make.what().word() + " as " + id, actor);
            if (!make.checksAnew()) {
                plan(make, id);
                imports.change(id, ImportState.READY, null, "a replay of " + original, actor, now);
            }
            return new Decision.Done(imports.get(id), now, actor);
        });
    }

    private void plan(Answer.Make make, String id) {
        ledger.write()
                .sql("""
                    update import set (clears, resend_class, request_id, sha256, options, options_hash, fields, header,
                            content_size, content_mtime, rows_read, rows_rejected, problems, problems_total, warnings)
                        = (select clears, resend_class, request_id, sha256, options, options_hash, fields, header,
                            content_size, content_mtime, rows_read, rows_rejected, problems, problems_total, warnings
                            from import where id = :original) where id = :id\
                    """)
                .param("original", make.original().id())
                .param("id", id)
                .update();
        int number = make.chunks().getFirst().number() == 0 ? 0 : 1;
        for (ChunkRow chunk : make.chunks()) {
            insert(id, number++, chunk);
        }
    }

    private void insert(String id, int number, ChunkRow chunk) {
        ledger.write()
                .sql("""
                    insert into chunk (import_id, number, state, byte_offset, byte_length, row_count, sha256)
                    values (?, ?, 'PLANNED', ?, ?, ?, ?)\
                    """)
                .params(id, number, chunk.byteOffset(), chunk.byteLength(), chunk.rowCount(), chunk.sha256())
                .update();
    }

    /** Replays that were begun and not finished: their files are to be removed, then {@link Takes#undo} is called. */
    public List<ImportRow> unfinished() {
        return ledger.write()
                .sql("select " + ImportRow.COLUMNS + " from import where in_custody = 0 and replay_of is not null")
                .query(ImportRow.MAPPER)
                .list();
    }
}
