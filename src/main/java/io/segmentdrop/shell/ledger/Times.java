package io.segmentdrop.shell.ledger;

import io.segmentdrop.shell.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps right what the ledger waits for and counts from, whatever the clock is set to. Promise:
 *
 * <ul>
 *   <li>nothing waits longer than its rule allows: a time that lies further ahead is due now;
 *   <li>a jump that the program saw moves every wait along, a closed gate is probed at once;
 *   <li>patience (a hold, giving up) counts only time in which the program ran;
 *   <li>the window in which a chunk in doubt may be sent again never grows: where nobody can say how long ago its attempt
 *       was, it is over.
 * </ul>
 *
 * The history (when something was taken, changed, sent, ended) stays as it was written, and decides nothing.
 */
public final class Times {

    private static final String READY = "import_id in (select id from import where state = 'READY')";
    private static final String LAST_DELIVERED = """
        seq in (select (select d.seq from import d where d.lane = l.lane and d.state = 'DELIVERED'
            order by d.delivered_after desc, d.seq desc limit 1)
            from (select distinct lane from import where state = 'DELIVERED' and lane is not null) l)\
        """;

    /**
     * The longest waits that the rules allow.
     *
     * @param retry between two attempts of a chunk
     * @param probe between two probes of a closed gate
     * @param pause before a check or a receipt is tried again
     * @param notice before operations are told of the same cause again
     */
    public record Longest(Duration retry, Duration probe, Duration pause, Duration notice) {}

    /** A column that says when something may be done at the earliest. */
    private record Wait(String table, String column, String where, Duration longest) {}

    private final LedgerDatabase ledger;
    private final Events events;
    private final List<Wait> waits;

    public Times(LedgerDatabase ledger, Events events, Longest longest) {
        this.ledger = ledger;
        this.events = events;
        this.waits = List.of(
                new Wait("chunk", "not_before", READY, longest.retry()),
                new Wait("import", "not_before", "state in ('TAKEN', 'READY')", longest.pause()),
                // as the indexes have them
                new Wait("import", "tell_at", "told < revision and finished_at is null", longest.pause()),
                new Wait("import", "tell_at", "told < revision and finished_at is not null", longest.pause()),
                new Wait("gate", "probe_at", "name in ('api', 'credential')", longest.probe()),
                new Wait("notice", "not_before", "true", longest.notice()));
    }

    /**
     * Asked from time to time while the program runs: lets nothing wait for too long, and remembers the time. Writes nothing
     * while nothing is open.
     */
    public void hear(Instant now) {
        ledger.inTransaction(() -> {
            due(now);
            if (isAnythingOpen()) {
                seen(now);
            }
        });
    }

    /** Moves everything along with a jump of the clock that the program saw. */
    public void move(SteadyClock.Jump jump) {
        ledger.inTransaction(() -> {
            moveWaits(jump);
            moveSince("import", "state_since", "changed_at", "state = 'HELD'", jump);
            moveSince("import", "state_since", "changed_at", LAST_DELIVERED, jump);
            moveSince("chunk", "first_failed_at", null, READY, jump);
            if (jump.isBack()) {
                // ahead: the time may really have passed, as while the machine slept
                moveSince("chunk", "doubt_since", null, READY, jump);
            }
            due(jump.to());
            seen(jump.to());
            record(jump);
        });
    }

    /**
     * Goes on after a stop of unknown length, before anything is decided. The answer is the jump if the clock is behind what
     * it said while the program last ran; one ahead cannot be told from a long stop.
     */
    public Optional<SteadyClock.Jump> resume(Instant now) {
        return ledger.inTransaction(() -> {
            Optional<SteadyClock.Jump> stop = lastSeen().map(before -> new SteadyClock.Jump(before, now));
            stop.ifPresent(this::countOnlyWhatRan);
            Optional<SteadyClock.Jump> back = stop.filter(gap -> gap.by().compareTo(SteadyClock.LEAST.negated()) < 0);
            back.ifPresent(jump -> {
                moveWaits(jump);
                moveSince("import", "state_since", "changed_at", LAST_DELIVERED, jump);
                ledger.write()
                        .sql("update chunk set doubt_since = 0 where doubt_since is not null and " + READY)
                        .update();
                record(jump);
            });
            due(now);
            seen(now);
            return back;
        });
    }

    /** When the ledger last heard of the time; empty if it never did. */
    public Optional<Instant> lastSeen() {
        return ledger.write().sql("""
            select max(at) from (select seen_at as at from clock
                union all select * from (select at from event order by id desc limit 1))\
            """).query(Long.class).optional().map(Instant::ofEpochMilli);
    }

    private void moveWaits(SteadyClock.Jump jump) {
        long over = Math.min(jump.from().toEpochMilli(), jump.to().toEpochMilli());
        for (Wait wait : waits) {
            ledger.write()
                    .sql("update " + wait.table() + " set " + wait.column() + " = " + wait.column() + " + :by where "
                            + wait.where() + " and " + wait.column() + " > :over")
                    .param("by", jump.by().toMillis())
                    .param("over", over)
                    .update();
        }
        ledger.write()
                .sql("update gate set probe_at = min(probe_at, ?) where name in ('api', 'credential')")
                .param(jump.to().toEpochMilli())
                .update();
    }

    /** @param otherwise the column that stands for this one where it is null; null for none */
    private void moveSince(
            String table, String column, @Nullable String otherwise, String where, SteadyClock.Jump jump) {
        String value = otherwise == null ? column : "coalesce(" + column + ", " + otherwise + ")";
        ledger.write()
                .sql("update " + table + " set " + column + " = " + value + " + :by where " + where + " and " + value
                        + " > 0")
                .param("by", jump.by().toMillis())
                .update();
    }

    private void countOnlyWhatRan(SteadyClock.Jump stop) {
        for (String sql : List.of(
                "update import set state_since = :now - max(0, :seen - coalesce(state_since, changed_at))"
                        + " where state = 'HELD'",
                "update chunk set first_failed_at = :now - max(0, :seen - first_failed_at)"
                        + " where first_failed_at is not null and " + READY)) {
            ledger.write()
                    .sql(sql)
                    .param("now", stop.to().toEpochMilli())
                    .param("seen", stop.from().toEpochMilli())
                    .update();
        }
    }

    private void due(Instant now) {
        for (Wait wait : waits) {
            ledger.write()
                    .sql("update " + wait.table() + " set " + wait.column() + " = :now where " + wait.where() + " and "
                            + wait.column() + " > :limit")
                    .param("now", now.toEpochMilli())
                    .param("limit", now.plus(wait.longest()).toEpochMilli())
                    .update();
        }
    }

    private boolean isAnythingOpen() {
        return ledger.write()
                .sql("select exists (select 1 from import where state in ('TAKEN', 'READY', 'HELD'))")
                .query(Boolean.class)
                .single();
    }

    private void seen(Instant now) {
        ledger.write()
                .sql("insert into clock (id, seen_at) values (1, :now) on conflict (id) do update set seen_at = :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    private void record(SteadyClock.Jump jump) {
        events.add(
                jump.to(),
                null,
                null,
                jump.isBack() ? "clock set back" : "clock set ahead",
                jump.words(),
                Imports.SELF);
    }
}
