package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.split.PlannedChunk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records how an attempt ended and what follows from it, in one transaction. */
public final class Outcomes {

    private final LedgerDatabase ledger;
    private final Imports imports;
    private final Gates gates;
    private final Events events;

    public Outcomes(LedgerDatabase ledger, Imports imports, Gates gates, Events events) {
        this.ledger = ledger;
        this.imports = imports;
        this.gates = gates;
        this.events = events;
    }

    /**
     * Records the end of an attempt; does nothing if it is recorded already. An import that a person ended meanwhile stays
     * as it is, but the ledger still learns what became of the chunk.
     *
     * @param halves only for {@link Step.Halve}: the chunks that replace this one and the ones after it
     */
    public void record(Claim claim, Outcome outcome, Step step, List<PlannedChunk> halves, Instant now) {
        ledger.inTransaction(() -> {
            if (end(claim, outcome, now)) {
                apply(claim, outcome, step, halves, now);
            }
        });
    }

    private boolean end(Claim claim, Outcome outcome, Instant now) {
        int ended = ledger.write()
                .sql("""
                    update attempt set ended_at = :now, outcome = :outcome, code = :code, status = :status,
                        answer = :answer where id = :id and ended_at is null\
                    """)
                .param("now", now.toEpochMilli())
                .param("outcome", OutcomeWord.of(outcome))
                .param("code", outcome.code() == null ? null : outcome.code().name())
                .param(
                        "status",
                        outcome.answer().status() == 0 ? null : outcome.answer().status())
                .param("answer", outcome.answer().body())
                .param("id", claim.attempt())
                .update();
        if (ended > 0 && outcome instanceof Outcome.InDoubt) {
            ledger.write()
                    .sql("""
                        update chunk set doubts = doubts + 1, doubt_since = coalesce(doubt_since, :started),
                            doubt_attempt = coalesce(doubt_attempt, :attempt)
                        where import_id = :id and number = :number\
                        """)
                    .param("started", claim.startedAt().toEpochMilli())
                    .param("attempt", claim.attempt())
                    .param("id", claim.row().id())
                    .param("number", claim.chunk().number())
                    .update();
        }
        return ended > 0;
    }

    private void apply(Claim claim, Outcome outcome, Step step, List<PlannedChunk> cut, Instant now) {
        String id = claim.row().id();
        switch (step) {
            case Step.ChunkAccepted accepted -> accept(claim, now);
            case Step.TryAgain again -> {
                put(claim, outcome, ChunkState.PLANNED, again.why(), again.notBefore(), again.counted(), now);
                waits(id, again.why());
            }
            case Step.SendAgain again -> {
                put(claim, outcome, ChunkState.IN_DOUBT, again.why(), again.notBefore(), again.counted(), now);
                waits(id, again.why());
            }
            case Step.Halve halve -> halve(claim, cut, now);
            case Step.Hold hold -> {
                put(claim, outcome, hold.chunk(), hold.why(), now, false, now);
                become(id, ImportState.HELD, hold.why(), hold.reason(), Imports.SELF, now);
            }
            case Step.Undeliverable end -> {
                put(claim, outcome, end.chunk(), end.why(), now, false, now);
                become(id, ImportState.UNDELIVERABLE, end.why(), end.reason(), Imports.SELF, now);
            }
            case Step.CloseGate close -> {
                apply(claim, outcome, close.chunk(), List.of(), now);
                tell(claim, close.why());
                gates.close(name(close, claim), close.why(), close.reason(), Imports.SELF, now);
            }
        }
    }

    private void become(String id, ImportState to, @Nullable Code code, String reason, String actor, Instant now) {
        if (!imports.get(id).state().isFinal()) {
            imports.change(id, to, code, reason, actor, now);
        }
    }

    private static String name(Step.CloseGate close, Claim claim) {
        return switch (close.gate()) {
            case API -> Gates.API;
            case CREDENTIAL -> Gates.CREDENTIAL;
            case DROP -> Gates.ofDrop(claim.row().dropName());
        };
    }

    private void accept(Claim claim, Instant now) {
        String id = claim.row().id();
        ledger.write()
                .sql("""
                    update chunk set state = 'ACCEPTED', accepted_at = :now, doubts = 0, doubt_since = null,
                        doubt_attempt = null, last_code = null, same_code = 0, same_attempt = null where import_id = :id and number = :number\
                    """)
                .param("now", now.toEpochMilli())
                .param("id", id)
                .param("number", claim.chunk().number())
                .update();
        delivered(id, Imports.SELF, now);
    }

    /** Ends the import as delivered if no chunk is left. */
    void delivered(String id, String actor, Instant now) {
        boolean isLeft = ledger.write()
                .sql("select exists (select 1 from chunk where import_id = ? and state <> 'ACCEPTED')")
                .param(id)
                .query(Boolean.class)
                .single();
        if (!isLeft) {
            become(id, ImportState.DELIVERED, null, "accepted by OptiPub", actor, now);
        } else {
            waits(id, null);
        }
    }

    /** Says why a READY import waits, without telling the partner each time. */
    private void waits(String id, @Nullable Code why) {
        ledger.write()
                .sql("update import set code = :code, reason = :reason where id = :id and state = 'READY'"
                        + " and (code is not :code or reason is not :reason)")
                .param("code", why == null ? null : why.name())
                .param("reason", why == null ? null : why.meaning())
                .param("id", id)
                .update();
    }

    /** A closed gate may stay closed for long: the partner of the import that found it hears of it, once. */
    private void tell(Claim claim, Code why) {
        if (claim.row().code() != why) {
            ledger.write()
                    .sql("update import set revision = revision + 1 where id = ? and state = 'READY'")
                    .param(claim.row().id())
                    .update();
        }
    }

    private void put(
            Claim claim, Outcome outcome, ChunkState state, Code why, Instant notBefore, boolean counted, Instant now) {
        Code code = outcome.code() == null ? why : outcome.code();
        boolean same = code == claim.chunk().lastCode();
        ledger.write()
                .sql("""
                    update chunk set state = :state, not_before = :notBefore, failures = failures + :counted,
                        first_failed_at = case when :counted = 1 then coalesce(first_failed_at, :now)
                            else first_failed_at end,
                        last_code = :why, same_code = :same, same_attempt = case when :same = 1 or same_attempt is null
                            then (select max(id) from attempt) else same_attempt end
                    where import_id = :id and number = :number\
                    """)
                .param("state", state.name())
                .param("notBefore", notBefore.toEpochMilli())
                .param("counted", counted ? 1 : 0)
                .param("now", now.toEpochMilli())
                .param("why", code.name())
                .param("same", same ? claim.chunk().sameCode() + 1 : 1)
                .param("id", claim.row().id())
                .param("number", claim.chunk().number())
                .update();
    }

    private void halve(Claim claim, List<PlannedChunk> cut, Instant now) {
        String id = claim.row().id();
        ledger.write()
                .sql("delete from chunk where import_id = ? and number >= ?")
                .params(id, claim.chunk().number())
                .update();
        cut.forEach(chunk -> imports.insert(id, chunk));
        events.add(
                now,
                id,
                claim.row().dropName(),
                "halved",
                "413: what is left goes out in " + cut.size() + " smaller chunks",
                Imports.SELF);
    }
}
