package io.segmentdrop.shell.health;

import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.shell.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Each drop: its last scan, what waits longest and why, why it is closed or paused, and how its feed stands; each with what
 * to do. Down while one takes nothing. A pause and a feed that is late are no fault of ours and only told. Never part of
 * readiness.
 */
public final class DropStates implements HealthIndicator {

    /** A look is soon done, unless the folder hangs. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** So long the disk may need for what is done between two looks without a sign of life. */
    private static final Duration WORK = Duration.ofMinutes(5);

    private static final int SCANS = 20;

    private final DropBoard board;
    private final Map<String, Duration> scanEvery;
    private final Supplier<Map<String, FeedState>> feeds;
    private final Supplier<Map<String, String>> paused;
    private final Ticker ticker;

    /**
     * The drops' health.
     *
     * @param scanEvery how often each drop should be scanned
     * @param feeds how the feeds stand, by drop
     * @param paused why the gates of drops are closed, by drop; may fail as the ledger does
     */
    public DropStates(
            DropBoard board,
            Map<String, Duration> scanEvery,
            Supplier<Map<String, FeedState>> feeds,
            Supplier<Map<String, String>> paused,
            Ticker ticker) {
        this.board = board;
        this.scanEvery = Map.copyOf(scanEvery);
        this.feeds = feeds;
        this.paused = paused;
        this.ticker = ticker;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        Map<String, String> gates = gates();
        board.all().forEach((drop, sight) -> {
            Map<String, @Nullable Object> detail = new LinkedHashMap<>();
            boolean isOpen = state(drop, sight, gates.get(drop), detail);
            waiting(sight, detail);
            notes(board.notes(drop), detail);
            feed(feeds.get().get(drop), detail);
            health.withDetail(drop, detail);
            if (!isOpen) {
                health.down();
            }
        });
        gone().forEach(health::withDetail);
        return health.build();
    }

    /** Drops that the configuration no longer has, while their partners are owed a receipt. */
    private Map<String, Object> gone() {
        Map<String, Object> gone = new TreeMap<>(board.untold());
        gone.keySet().removeAll(board.all().keySet());
        gone.replaceAll((drop, note) -> {
            Map<String, String> detail = new LinkedHashMap<>();
            detail.put("state", "gone");
            detail.putAll(note((DropBoard.Note) note));
            return detail;
        });
        return gone;
    }

    private Map<String, String> gates() {
        try {
            return paused.get();
        } catch (RuntimeException e) {
            // the ledger's own health tells that it does not answer
            return Map.of();
        }
    }

    /** False if the drop takes nothing although it should. */
    private boolean state(
            String drop, DropBoard.Sight sight, @Nullable String gate, Map<String, @Nullable Object> detail) {
        Optional<String> still = still(drop);
        if (still.isPresent()) {
            detail.put("state", "still");
            detail.put("reason", still.get());
            detail.put(
                    "next",
                    "look at the route drop-" + drop + " in health /routes and at the log; a folder on a"
                            + " server that hangs holds a look up");
        } else if (sight.closed() != null) {
            detail.put("state", "closed");
            detail.put("code", sight.closed().name());
            detail.put("reason", sight.reason());
            detail.put("next", sight.closed().remedy());
        } else if (gate != null) {
            detail.put("state", "taking, but not sending");
            detail.put("reason", gate);
            detail.put("next", "resume the drop when it may send again");
        } else {
            detail.put("state", "open");
        }
        detail.put(
                "lastScan",
                sight.lastScan() == null ? "none yet; the first comes at once" : String.valueOf(sight.lastScan()));
        return sight.closed() == null && still.isEmpty();
    }

    /** Why the drop's thread is taken to hang, or to be gone. */
    private Optional<String> still(String drop) {
        return board.doing(drop).flatMap(doing -> {
            Duration since = ticker.elapsed().minus(doing.since());
            Duration intervals = scanEvery.getOrDefault(drop, Duration.ZERO).multipliedBy(SCANS);
            Duration least = doing.looking() ? LOOK : WORK;
            Duration limit = intervals.compareTo(least) > 0 ? intervals : least;
            String expected = doing.looking()
                    ? "expected each look at the folder to end within %d s, found one that has not for %d s"
                    : "expected a sign of life within %d s, found none for %d s";
            return Optional.of(expected.formatted(limit.toSeconds(), since.toSeconds()))
                    .filter(words -> since.compareTo(limit) > 0);
        });
    }

    private static void waiting(DropBoard.Sight sight, Map<String, @Nullable Object> detail) {
        detail.put("waiting", sight.waiting().size());
        if (!sight.waiting().isEmpty()) {
            Watch.Waiting oldest = sight.waiting().getFirst();
            detail.put("oldestWaiting", oldest.name());
            detail.put("oldestWaitingCode", oldest.why().name());
            detail.put("oldestWaitingSince", oldest.since().toString());
            detail.put("oldestWaitingNext", oldest.why().remedy());
        }
        detail.put("ignored", sight.ignored());
    }

    private static void feed(@Nullable FeedState feed, Map<String, @Nullable Object> detail) {
        if (feed != null) {
            detail.put("feed", feed.word().words());
            detail.put("feedReason", feed.reason());
            detail.put("feedNext", feed.next());
        }
    }

    private static void notes(List<DropBoard.Note> notes, Map<String, @Nullable Object> detail) {
        if (!notes.isEmpty()) {
            detail.put("notes", notes.stream().map(DropStates::note).toList());
        }
    }

    private static Map<String, String> note(DropBoard.Note note) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("code", note.code().name());
        shown.put("reason", note.reason());
        shown.put("next", note.code().remedy());
        return shown;
    }
}
