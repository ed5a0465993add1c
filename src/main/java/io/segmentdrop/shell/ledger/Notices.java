package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What operations are to hear of. Each cause is told when it first comes up, and at most once in a while after that, then
 * with how often it came up meanwhile. Promise: recorded in the transaction of what happened, told at least once, across
 * restarts; one that cannot be told holds up nothing else.
 */
public final class Notices {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    /** The longest pause before what could not be told is tried again. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final LedgerDatabase ledger;

    public Notices(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /**
     * A notice that is due.
     *
     * @param cause what {@link #told} and {@link #failed} ask for
     */
    public record Due(String cause, Notice notice) {}

    private record Row(
            String cause,
            News news,
            @Nullable String dropName,
            @Nullable String gate,
            @Nullable Code code,
            @Nullable String importId,
            @Nullable String fileName,
            String reason,
            String actor,
            long waiting,
            long firstAt,
            long lastAt) {

        Due due() {
            return new Due(
                    cause,
                    new Notice(
                            news,
                            dropName,
                            gate,
                            code,
                            waiting,
                            Instant.ofEpochMilli(firstAt),
                            Instant.ofEpochMilli(lastAt),
                            importId,
                            fileName,
                            reason,
                            actor));
        }
    }

    /** Counts what happened, as a part of the caller's transaction. */
    static void add(LedgerDatabase ledger, Notice notice) {
        String cause = notice.news() + " " + (notice.gate() == null ? notice.drop() : notice.gate()) + " "
                + (notice.code() == null ? "" : notice.code());
        ledger.write()
                .sql("""
                    insert into notice (cause, news, drop_name, gate, code, import_id, file_name, reason, actor,
                        waiting, first_at, last_at)
                    values (:cause, :news, :drop, :gate, :code, :import, :file, :reason, :actor, 1, :at, :at)
                    on conflict (cause) do update set import_id = :import, file_name = :file, reason = :reason,
                        actor = :actor, first_at = case when waiting = 0 then :at else first_at end, last_at = :at,
                        waiting = waiting + 1\
                    """)
                .param("cause", cause)
                .param("news", notice.news().name())
                .param("drop", notice.drop())
                .param("gate", notice.gate())
                .param("code", notice.code() == null ? null : notice.code().name())
                .param("import", notice.importId())
                .param("file", notice.file())
                .param("reason", notice.reason())
                .param("actor", notice.by())
                .param("at", notice.last().toEpochMilli())
                .update();
    }

    /** What is to be told now, the oldest first. */
    public Optional<Due> next(Instant now) {
        return ledger.read()
                .sql("""
                    select cause, news, drop_name, gate, code, import_id, file_name, reason, actor, waiting, first_at,
                        last_at
                    from notice where waiting > 0 and not_before <= ? order by first_at limit 1\
                    """)
                .param(now.toEpochMilli())
                .query(Row.class)
                .optional()
                .map(Row::due);
    }

    /** Records that this was told; the same cause is told again after {@code pause} at the earliest. */
    public void told(Due due, Duration pause, Instant now) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("""
                        update notice set waiting = waiting - :count, first_at = last_at, not_before = :notBefore,
                            failures = 0 where cause = :cause\
                        """)
                    .param("count", due.notice().count())
                    .param("notBefore", now.plus(pause).toEpochMilli())
                    .param("cause", due.cause())
                    .update();
        });
    }

    /** Records that this could not be told; answers the pause until it is tried again, longer each time. */
    public Duration failed(Due due, Instant now) {
        return ledger.inTransaction(() -> {
            int failures = ledger.write()
                    .sql("update notice set failures = failures + 1 where cause = ? returning failures")
                    .param(due.cause())
                    .query(Integer.class)
                    .single();
            Duration pause = pause(failures);
            ledger.write()
                    .sql("update notice set not_before = ? where cause = ?")
                    .params(now.plus(pause).toEpochMilli(), due.cause())
                    .update();
            return pause;
        });
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** How many causes could not be told when it was last tried. */
    public long untold() {
        return ledger.read()
                .sql("select count(*) from notice where waiting > 0 and failures > 0")
                .query(Long.class)
                .single();
    }
}
