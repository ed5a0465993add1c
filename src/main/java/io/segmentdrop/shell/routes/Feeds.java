package io.segmentdrop.shell.routes;

import io.segmentdrop.core.calendar.FeedCalendar;
import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Events;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The feeds of the drops that expect files. Promise: each day is late at most once, and has arrived at most once after
 * that, across restarts; a pair counts when it is taken, whatever becomes of it, and half a pair or a replay never does.
 */
public final class Feeds {

    private final Map<String, FeedCalendar> calendars;
    private final Browse browse;
    private final Events events;
    private final Map<String, FeedState> states = new ConcurrentHashMap<>();

    /** @param calendars of the drops that expect files, by the drop's name */
    public Feeds(Map<String, FeedCalendar> calendars, Browse browse, Events events) {
        this.calendars = new LinkedHashMap<>(calendars);
        this.browse = browse;
        this.events = events;
    }

    /** The drops that expect files. */
    public Set<String> expecting() {
        return Set.copyOf(calendars.keySet());
    }

    /** How each feed stood when it was last looked at, by the drop's name; drops without a calendar are left out. */
    public Map<String, FeedState> all() {
        return Map.copyOf(states);
    }

    /** Looks at every feed; records those that have become late, and those that came after all. By one thread at a time. */
    void look(Instant now) {
        calendars.forEach((drop, calendar) -> look(drop, calendar, now));
    }

    private void look(String drop, FeedCalendar calendar, Instant now) {
        FeedState state = calendar.state(now, (from, to) -> browse.arrivals(drop, from, to));
        states.put(drop, state);
        switch (state.word()) {
            case LATE -> late(drop, calendar, state, now);
            case ARRIVED -> arrived(drop, state, now);
            case NOT_EXPECTED, EXPECTED, DUE_SOON, MISSING -> {}
        }
    }

    /** What was told counts for the day in whose time it was: a clock that was a day ahead has not told of today. */
    private void late(String drop, FeedCalendar calendar, FeedState state, Instant now) {
        Instant deadline = Objects.requireNonNull(state.deadline());
        boolean told = events.lastOfFeed(drop)
                .map(event -> Instant.ofEpochMilli(event.at()))
                .filter(at -> !at.isBefore(deadline))
                .map(calendar::at)
                .filter(period -> period.day().equals(state.day()))
                .isPresent();
        if (!told) {
            events.feed(News.FEED_LATE, drop, state.reason(), now);
        }
    }

    private void arrived(String drop, FeedState state, Instant now) {
        events.lastOfFeed(drop)
                .map(EventRow::kind)
                .filter(News.FEED_LATE.words()::equals)
                .ifPresent(kind -> events.feed(News.FEED_ARRIVED, drop, state.reason(), now));
    }
}
