package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The append-only history: what happened, to which import or drop, and who did it. */
public final class Events {

    private final LedgerDatabase ledger;

    public Events(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    /** Adds a line, as a part of the caller's transaction or as one of its own. */
    public void add(
            Instant at, @Nullable String importId, @Nullable String drop, String kind, String detail, String actor) {
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("insert into event (at, import_id, drop_name, kind, detail, actor) values (?, ?, ?, ?, ?, ?)")
                    .param(at.toEpochMilli())
                    .param(importId)
                    .param(drop)
                    .param(kind)
                    .param(detail)
                    .param(actor)
                    .update();
        });
    }

    /** Adds what operations are to hear of, too, in one transaction. */
    void add(Notice notice, String kind, String detail) {
        ledger.inTransaction(() -> {
            add(notice.last(), notice.importId(), notice.drop(), kind, detail, notice.by());
            Notices.add(ledger, notice);
        });
    }

    /** Adds that a feed is late, or has arrived after all. */
    public void feed(News news, String drop, String reason, Instant at) {
        Notice notice = new Notice(news, drop, null, null, 1, at, at, null, null, reason, Imports.SELF);
        add(notice, news.words(), reason);
    }

    /** Adds that a drop takes nothing, or takes files again, which has no code. */
    public void drop(News news, String drop, @Nullable Code code, String reason, Instant at) {
        Notice notice = new Notice(news, drop, null, code, 1, at, at, null, null, reason, Imports.SELF);
        add(notice, news.words(), code == null ? reason : code + ": " + reason);
    }

    /** The last of what {@link #feed} added for a drop. */
    public Optional<EventRow> lastOfFeed(String drop) {
        return last(drop, "('feed late', 'feed arrived')");
    }

    /** The last of what {@link #drop} added for a drop. */
    public Optional<EventRow> lastOfDrop(String drop) {
        return last(drop, "('drop closed', 'drop opened')");
    }

    /** The kinds stand in the text of the query, so that the index for them is used. */
    private Optional<EventRow> last(String drop, String kinds) {
        return ledger.read()
                .sql("select id, at, import_id, drop_name, kind, detail, actor from event where drop_name = ? and"
                        + " kind in "
                        + kinds + " order by id desc limit 1")
                .param(drop)
                .query(EventRow.MAPPER)
                .optional();
    }

    /** The history of one import, oldest first. */
    public List<EventRow> of(String importId) {
        return ledger.read().sql("""
            select id, at, import_id, drop_name, kind, detail, actor from event
            where import_id = ? order by id\
            """).param(importId).query(EventRow.MAPPER).list();
    }
}
