package io.segmentdrop.shell.health;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private final Map<String, Sight> sights = new ConcurrentHashMap<>();

    /** Makes the drop known before its first scan. */
    public void add(String drop) {
        sights.put(drop, new Sight(null, List.of(), 0, null, ""));
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

    public Map<String, Sight> all() {
        return new TreeMap<>(sights);
    }
}
