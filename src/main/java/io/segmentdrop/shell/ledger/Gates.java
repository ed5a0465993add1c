package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Backoff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gates. A closed one stops every attempt behind it, counts none and makes no dead letter; it is one line in the log
 * and one event when it closes, and one when it opens. The gates of the API and of the key open by a probe: one attempt
 * that is allowed through from time to time. A drop's gate is closed and opened by people.
 */
public final class Gates {

    public static final String API = "api";
    public static final String CREDENTIAL = "credential";

    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

    private final LedgerDatabase ledger;
    private final Events events;
    private final Backoff backoff;
    private final RandomGenerator random;

    public Gates(LedgerDatabase ledger, Events events, Backoff backoff, RandomGenerator random) {
        this.ledger = ledger;
        this.events = events;
        this.backoff = backoff;
        this.random = random;
    }

    /** The gate of one drop. */
    public static String ofDrop(String drop) {
        return "drop:" + drop;
    }

    /** The closed gates, by name. */
    public List<GateRow> closed() {
        return ledger.write()
                .sql("select name, closed_at, code, reason, actor, probe_at, probes from gate order by name")
                .query(GateRow.MAPPER)
                .list();
    }

    public Optional<GateRow> find(String name) {
        return closed().stream().filter(gate -> gate.name().equals(name)).findFirst();
    }

    /**
     * Closes a gate; if it is closed already, the next probe is put off further, and another cause is told anew. Part of the
     * caller's transaction, if any.
     */
    public void close(String name, Code code, String reason, String actor, Instant now) {
        ledger.inTransaction(() -> {
            Optional<GateRow> before = find(name);
            int probes = before.map(GateRow::probes).orElse(0) + 1;
            ledger.write()
                    .sql("""
                        insert into gate (name, closed_at, code, reason, actor, probe_at, probes)
                        values (:name, :now, :code, :reason, :actor, :probeAt, :probes)
                        on conflict (name) do update set code = :code, reason = :reason, probe_at = :probeAt,
                            probes = :probes\
                        """)
                    .param("name", name)
                    .param("now", now.toEpochMilli())
                    .param("code", code.name())
                    .param("reason", reason)
                    .param("actor", actor)
                    .param("probeAt", now.plus(backoff.delay(probes, random)).toEpochMilli())
                    .param("probes", probes)
                    .update();
            if (before.isEmpty() || isAnother(before.get(), code, reason)) {
                events.add(
                        notice(News.GATE_CLOSED, name, code, reason, actor, now),
                        "gate closed",
                        name + ": " + code + ": " + reason);
                LOG.warn("Gate {} closed: {}: {} Everything waits in order.", name, code, reason);
            }
        });
    }

    /** The words of an outage may change from probe to probe. */
    private static boolean isAnother(GateRow before, Code code, String reason) {
        return before.code() != code
                || (code != Code.API_OUTAGE && !before.reason().equals(reason));
    }

    /** Opens a gate; no harm if it is open. What failed while it was closed is forgotten. */
    public void open(String name, String actor, Instant now) {
        if (find(name).isEmpty()) {
            // asked after each accepted request, so that it should cost no commit
            return;
        }
        ledger.inTransaction(() -> {
            int removed = ledger.write()
                    .sql("delete from gate where name = ?")
                    .param(name)
                    .update();
            if (removed > 0) {
                ledger.write().sql("""
                    update chunk set failures = 0, first_failed_at = null,
                        not_before = case when state = 'PLANNED' and last_code <> 'API_THROTTLED' then 0
                            else not_before end
                    where state in ('PLANNED', 'IN_DOUBT') and last_code is not null\
                    """).update();
                String reason = "the gate " + name + " was opened by " + actor;
                events.add(notice(News.GATE_OPENED, name, null, reason, actor, now), "gate opened", name);
                LOG.info("Gate {} open again; what waited goes out in order.", name);
            }
        });
    }

    /** Lets the next probe through at once, since something changed that may have mended the cause. */
    public void probeNow(String name, Instant now) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("update gate set probe_at = min(probe_at, ?), probes = 0 where name = ?")
                    .params(now.toEpochMilli(), name)
                    .update();
        });
    }

    private static Notice notice(
            News news, String gate, @Nullable Code code, String reason, String actor, Instant now) {
        return new Notice(news, drop(gate), gate, code, 1, now, now, null, null, reason, actor);
    }

    private static @Nullable String drop(String name) {
        return name.startsWith("drop:") ? name.substring("drop:".length()) : null;
    }
}
