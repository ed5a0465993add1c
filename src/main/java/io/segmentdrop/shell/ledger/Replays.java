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

    /**
     * What is to be done; changes nothing.
     *
     * @param confirmed imports that delivered the rows before, as a person knows: they are sent again all the same
     */
    public Answer ask(String id, What wanted, Set<String> confirmed) {
        return ledger.inTransaction(() -> {
            ImportRow row = imports.get(id);
            List<ChunkRow> planned = imports.chunks(id);
            What what = planned.isEmpty() ? What.ALL : wanted;
            Decision.@Nullable Refused refused = refusal(row, planned);
            if (refused != null) {
                return new Answer.Settled(refused);
            }
            Optional<Decision> answered = answered(row, wanted, what, confirmed);
            if (answered.isPresent()) {
                return new Answer.Settled(answered.get());
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

    /**
     * The newest import that delivered the rows of this one after it had ended: a replay of it, or of what it is a replay of
     * itself.
     */
    public Optional<ImportRow> deliveredBy(ImportRow row) {
        return ledger.write()
                .sql("""
                    with recursive
                        up (id) as (select :id union
                            select i.replay_of from import i join up on i.id = up.id where i.replay_of is not null),
                        family (id) as (select id from up union
                            select r.id from import r join family f on r.replay_of = f.id)
                    select\
                    """ + " " + ImportRow.COLUMNS + """
                     from import where id in (select id from family) and state = 'DELIVERED' and seq > :seq
                        and in_custody = 1 order by seq desc limit 1\
                    """)
                .param("id", row.id())
                .param("seq", row.seq())
                .query(ImportRow.MAPPER)
                .optional();
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

    /** What earlier replays say to this request; empty if none stands in its way. */
    private Optional<Decision> answered(ImportRow row, What wanted, What what, Set<String> confirmed) {
        Optional<ImportRow> newest = newest(row.id());
        Optional<Decision> asBefore = newest.flatMap(replay -> asBefore(replay, what));
        if (newest.isPresent() && !newest.get().state().isFinal()) {
            return asBefore.or(() -> newest.map(Replays::wait));
        }
        Optional<ImportRow> deliverer = deliveredBy(row);
        if (wanted == What.ALL
                && deliverer.map(ImportRow::id).filter(confirmed::contains).isPresent()) {
            return Optional.empty();
        }
        return asBefore.or(() -> deliverer.map(Replays::delivered))
                .or(() -> newest.filter(replay -> what == What.REST).map(Replays::ofReplay));
    }

    /** The answer to the same request, unless a dead letter came of it. */
    private Optional<Decision> asBefore(ImportRow replay, What what) {
        EventRow event = event(replay);
        boolean same = event.detail().isEmpty() || event.detail().startsWith(what.word());
        return same && !replay.state().isDeadLetter()
                ? Optional.of(new Decision.Done(replay, Instant.ofEpochMilli(event.at()), event.actor()))
                : Optional.empty();
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

    /** Says that its rows were delivered by this one. */
    public static Decision.Refused delivered(ImportRow by) {
        return new Decision.Refused(
                "rows that no later replay has delivered",
                "import " + by.id() + ", which delivered them",
                "{\"what\": \"all\", \"confirm\": \"" + by.id() + "\"} sends every chunk again",
                by.id());
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
