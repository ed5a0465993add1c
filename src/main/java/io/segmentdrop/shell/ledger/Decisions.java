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
 * What people decide about imports. Promise: each decision is one transaction with an event that names the person, and
 * may be asked for again: it is then answered as before and nothing is changed.
 */
public final class Decisions {

    private static final String RELEASED = "released";

    /** How a held import goes on. */
    public enum As {
        /** What is not accepted is sent, and the guards let it pass. */
        SEND,
        /** A person knows that OptiPub has the chunk that was last sent; the chunks after it are sent. */
        ACCEPTED;

        /** The word in requests and events. */
        public String word() {
            return this == SEND ? "send" : "accepted";
        }
    }

    private static final Set<ImportState> AFTER_RELEASE =
            EnumSet.of(ImportState.TAKEN, ImportState.READY, ImportState.DELIVERED);
    private static final Set<ChunkState> WAS_SENT = EnumSet.of(ChunkState.REFUSED, ChunkState.IN_DOUBT);

    private final LedgerDatabase ledger;
    private final Imports imports;
    private final Events events;

    public Decisions(LedgerDatabase ledger, Imports imports, Events events) {
        this.ledger = ledger;
        this.imports = imports;
        this.events = events;
    }

    /** Lets a held import go on; one that was held in its check is checked anew. */
    public Decision release(String id, As as, String actor, Instant now) {
        return ledger.inTransaction(() -> {
            ImportRow row = imports.get(id);
            if (row.state() != ImportState.HELD) {
                return releasedBefore(row, as);
            }
            return switch (as) {
                case SEND -> send(row, actor, now);
                case ACCEPTED -> accept(row, actor, now);
            };
        });
    }

    private Decision releasedBefore(ImportRow row, As as) {
        Optional<EventRow> before =
                last(row.id(), RELEASED).filter(event -> event.detail().startsWith(as.word()));
        if (before.isPresent() && AFTER_RELEASE.contains(row.state())) {
            return done(row.id(), before.get());
        }
        return new Decision.Refused("a held import", found(row), "nothing is held up by this import");
    }

    private Decision send(ImportRow row, String actor, Instant now) {
        if (imports.chunks(row.id()).isEmpty()) {
            checkAnew(row);
            Code verdict = verdict(row);
            String reason = verdict == null ? "released by a person" : verdict.meaning() + "; " + verdict.remedy();
            imports.change(row.id(), ImportState.TAKEN, verdict, reason, actor, now);
            return record(row, "send: it is checked anew", actor, now);
        }
        ledger.write().sql("""
            update chunk set state = 'PLANNED', failures = 0, first_failed_at = null, last_code = null,
                same_code = 0, same_attempt = null, doubts = 0, doubt_since = null, doubt_attempt = null, not_before = 0
            where import_id = ? and state <> 'ACCEPTED'\
            """).param(row.id()).update();
        goOn(row, actor, now);
        return record(row, "send", actor, now);
    }

    private void checkAnew(ImportRow row) {
        ledger.write()
                .sql("update import set checks = 0, not_before = 0 where id = ?")
                .param(row.id())
                .update();
    }

    /** Half a pair has nothing to check; its hold has covered why it was taken. */
    private static @Nullable Code verdict(ImportRow row) {
        List<String> files = LedgerJson.texts(row.sources()).stream()
                .map(item -> item.get(2))
                .toList();
        if (!files.contains("sidecar.json")) {
            return Code.SIDE_MISSING;
        }
        return files.contains("source.csv") ? null : Code.CSV_MISSING;
    }

    private void goOn(ImportRow row, String actor, Instant now) {
        ledger.write()
                .sql("update import set released = 1, not_before = 0 where id = ?")
                .param(row.id())
                .update();
        imports.change(row.id(), ImportState.READY, null, "released by a person", actor, now);
    }

    private Decision accept(ImportRow row, String actor, Instant now) {
        Optional<ChunkRow> first = imports.chunks(row.id()).stream()
                .filter(chunk -> chunk.state() != ChunkState.ACCEPTED)
                .findFirst();
        if (first.isEmpty() || !WAS_SENT.contains(first.get().state())) {
            return new Decision.Refused(
                    "a chunk that was sent and not accepted",
                    "none that was sent",
                    "release it as send, or discard it");
        }
        ChunkRow chunk = first.get();
        if (chunk.number() == 0) {
            return new Decision.Refused(
                    "a chunk of rows",
                    "the creation of the segment, whose id nobody could tell",
                    "release it as send if the segment is not there; otherwise discard it and drop the pair with the"
                            + " segment's id");
        }
        accepted(chunk, now);
        if (imports.chunks(row.id()).stream().allMatch(c -> c.state() == ChunkState.ACCEPTED)) {
            imports.change(row.id(), ImportState.DELIVERED, null, "recorded as accepted by a person", actor, now);
        } else {
            goOn(row, actor, now);
        }
        return record(row, "accepted: chunk " + chunk.number(), actor, now);
    }

    private void accepted(ChunkRow chunk, Instant now) {
        ledger.write()
                .sql("""
                    update chunk set state = 'ACCEPTED', accepted_at = ?, doubts = 0, doubt_since = null,
                        doubt_attempt = null, last_code = null, same_code = 0, same_attempt = null, not_before = 0
                    where import_id = ? and number = ?\
                    """)
                .params(now.toEpochMilli(), chunk.importId(), chunk.number())
                .update();
    }

    /** Ends an import that has not ended, as a dead letter; not while a request of it is open. */
    public Decision discard(String id, String actor, Instant now) {
        return ledger.inTransaction(() -> {
            ImportRow row = imports.get(id);
            if (row.state() == ImportState.DISCARDED) {
                return discarded(row);
            }
            if (row.state().isFinal()) {
                return new Decision.Refused(
                        "an import that has not ended", found(row), "nothing of it is sent any more");
            }
            if (imports.chunks(id).stream().anyMatch(chunk -> chunk.state() == ChunkState.SENDING)) {
                return new Decision.Refused(
                        "an import without an open request",
                        "one that is being sent",
                        "try again when the open request has ended");
            }
            imports.change(
                    id,
                    ImportState.DISCARDED,
                    Code.DISCARDED_BY_PERSON,
                    Code.DISCARDED_BY_PERSON.meaning(),
                    actor,
                    now);
            return discarded(imports.get(id));
        });
    }

    /**
     * Ends the imports about which nobody decided in time, as dead letters with the code {@code HOLD_LIMIT}.
     *
     * @param heldSince those that are held since then or longer
     * @return how many
     */
    public int endHolds(Instant heldSince, Instant now) {
        return ledger.inTransaction(() -> {
            List<ImportRow> late = ledger.write()
                    .sql("select " + ImportRow.COLUMNS
                            + " from import where state = 'HELD' and coalesce(state_since, changed_at) <= ?"
                            + " order by seq")
                    .param(heldSince.toEpochMilli())
                    .query(ImportRow.MAPPER)
                    .list();
            late.forEach(row -> imports.change(
                    row.id(), ImportState.UNDELIVERABLE, Code.HOLD_LIMIT, tooLate(row), Imports.SELF, now));
            return late.size();
        });
    }

    private static String tooLate(ImportRow row) {
        return Code.HOLD_LIMIT.meaning() + "; it was held with " + row.code() + ": " + row.reason();
    }

    private Decision record(ImportRow row, String detail, String actor, Instant now) {
        events.add(now, row.id(), row.dropName(), RELEASED, detail, actor);
        return new Decision.Done(imports.get(row.id()), now, actor);
    }

    private Decision done(String id, EventRow event) {
        return new Decision.Done(imports.get(id), Instant.ofEpochMilli(event.at()), event.actor());
    }

    private Decision discarded(ImportRow row) {
        return done(row.id(), last(row.id(), row.state().partnerWord()).orElse(unrecorded(row)));
    }

    /** A ledger that was restored from a backup knows some imports by their files alone, without their history. */
    static EventRow unrecorded(ImportRow row) {
        return new EventRow(0, row.changedAt(), row.id(), row.dropName(), "", "", Imports.SELF);
    }

    private Optional<EventRow> last(String id, String kind) {
        return ledger.write().sql("""
            select id, at, import_id, drop_name, kind, detail, actor from event
            where import_id = ? and kind = ? order by id desc limit 1\
            """).params(id, kind).query(EventRow.MAPPER).optional();
    }

    static String found(ImportRow row) {
        return "one that is " + row.state().partnerWord();
    }
}
