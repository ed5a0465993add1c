package io.segmentdrop.shell.health;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each drop's last scan saw, for health and the operations API. Kept in memory: the next scan fills it again. */
public final class DropBoard {

    /**
     * One drop.
     *
     * @param lastScan the last scan that could read the folder; null if there was none yet
     * @param waiting what is not taken yet, the oldest first
     * @param ignored how many entries are none of our business
     * @param closed why the drop takes nothing now; null if it does
     */
    public record Sight(
            @Nullable Instant lastScan,
            List<Watch.Waiting> waiting,
            int ignored,
            @Nullable Code closed,
            String reason) {}

    /**
     * What the thread of a drop is at.
     *
     * @param looking whether it looks at the folder, which is soon done; otherwise it takes, fetches or waits for the next look
     * @param since by the ticker
     */
    public record Doing(boolean looking, Duration since) {}

    /** What a person should look at although the drop goes on. */
    public record Note(Code code, String reason) {}

    /** So long it is shown that files were exchanged. */
    private static final Duration SHOWN = Duration.ofMinutes(10);

    /** The last time that files of a drop were exchanged while they were taken, and how often that was. */
    private record Exchange(Code code, long count, Duration last) {}

    private final Map<String, Sight> sights = new ConcurrentHashMap<>();
    private final Map<String, List<Note>> notes = new ConcurrentHashMap<>();
    private final Map<String, Doing> doing = new ConcurrentHashMap<>();
    private final Map<String, Note> untold = new ConcurrentHashMap<>();
    private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
    private final Map<String, Integer> resumes = new ConcurrentHashMap<>();

    /** Makes the drop known before its first scan. */
    public void add(String drop) {
        sights.put(drop, new Sight(null, List.of(), 0, null, ""));
    }

    /**
     * A look at the folder begins; {@link #moves} says that it has ended.
     *
     * @param elapsed by the ticker
     */
    public void looks(String drop, Duration elapsed) {
        doing.put(drop, new Doing(true, elapsed));
    }

    /**
     * A sign of life: the drop's thread has come to the end of something.
     *
     * @param elapsed by the ticker
     */
    public void moves(String drop, Duration elapsed) {
        doing.put(drop, new Doing(false, elapsed));
    }

    /** What the drop's thread is at; empty before its first look. */
    Optional<Doing> doing(String drop) {
        return Optional.ofNullable(doing.get(drop));
    }

    public void scanned(String drop, Instant now, List<Watch.Waiting> waiting, int ignored) {
        sights.put(drop, new Sight(now, waiting, ignored, null, ""));
    }

    /** Records that the drop takes nothing; answers true if this is news. */
    public boolean closed(String drop, Code code, String reason) {
        Sight before = sights.getOrDefault(drop, new Sight(null, List.of(), 0, null, ""));
        sights.put(drop, new Sight(before.lastScan(), before.waiting(), before.ignored(), code, reason));
        return before.closed() != code;
    }

    /** The same of a drop that can be scanned. */
    public boolean closed(
            String drop, Code code, String reason, Instant now, List<Watch.Waiting> waiting, int ignored) {
        Sight before = sights.put(drop, new Sight(now, waiting, ignored, code, reason));
        return before == null || before.closed() != code;
    }

    /** Whether the drop takes nothing for this cause. */
    public boolean isClosed(String drop, Code code) {
        Sight sight = sights.get(drop);
        return sight != null && sight.closed() == code;
    }

    /** Replaces what a person should look at, as the last look at the drop found it. */
    public void note(String drop, List<Note> now) {
        notes.put(drop, List.copyOf(now));
    }

    /** Records why the partner of a drop cannot be told now; the drop may be gone from the configuration. */
    public void untold(String drop, Note why) {
        untold.put(drop, why);
    }

    /**
     * A file was exchanged, or changed, between the look at it and its take: a sender that is careless, or means it.
     *
     * @param elapsed by the ticker
     */
    public void exchanged(String drop, Code code, Duration elapsed) {
        exchanges.merge(
                drop,
                new Exchange(code, 1, elapsed),
                (before, one) -> new Exchange(code, isShown(before, elapsed) ? before.count() + 1 : 1, elapsed));
    }

    private static boolean isShown(Exchange exchange, Duration elapsed) {
        return elapsed.minus(exchange.last()).compareTo(SHOWN) < 0;
    }

    /**
     * The note that says so, for some minutes.
     *
     * @param elapsed by the ticker
     */
    public Optional<Note> exchanges(String drop, Duration elapsed) {
        return Optional.ofNullable(exchanges.get(drop))
                .filter(exchange -> isShown(exchange, elapsed))
                .map(exchange -> new Note(
                        exchange.code(),
                        "expected files to stay as they were seen, found " + exchange.count()
                                + " that were exchanged or changed while they were taken; each was refused, look at"
                                + " its sender"));
    }

    /** The partner can be told again. */
    public void told(String drop) {
        untold.remove(drop);
    }

    /** Why the partners of drops cannot be told now, by drop. */
    public Map<String, Note> untold() {
        return new TreeMap<>(untold);
    }

    /** Everything that a person should look at. */
    public List<Note> notes(String drop) {
        List<Note> all = new ArrayList<>(notes.getOrDefault(drop, List.of()));
        Optional.ofNullable(untold.get(drop)).ifPresent(all::add);
        return List.copyOf(all);
    }

    /** A person says that what closed the drop is mended. */
    public void resume(String drop) {
        resumes.merge(drop, 1, Integer::sum);
    }

    /** How often that was said. */
    public int resumes(String drop) {
        return resumes.getOrDefault(drop, 0);
    }

    public Map<String, Sight> all() {
        return new TreeMap<>(sights);
    }
}
