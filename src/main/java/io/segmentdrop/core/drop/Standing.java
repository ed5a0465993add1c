package io.segmentdrop.core.drop;

import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One state of one candidate.
 *
 * @param clock the time of the day at the look that saw this state first
 * @param first how long the folder had been looked at by then
 * @param again whether an earlier look saw the same state
 */
record Standing(Candidate candidate, Instant clock, Duration first, boolean again) {

    static Standing after(@Nullable Standing last, Candidate candidate, Instant clock, Duration watched) {
        return last == null || !last.candidate.equals(candidate)
                ? new Standing(candidate, clock, watched, false)
                : new Standing(candidate, last.clock, last.first, true);
    }

    /** When the latest file arrived or was last changed; never after the first look that saw it. */
    Instant since() {
        Instant changed = Instant.ofEpochMilli(latest(Entry::changedMillis));
        return changed.isAfter(clock) ? clock : changed;
    }

    Watch.Ready ready(@Nullable Code orphan) {
        return new Watch.Ready(candidate, orphan, Instant.ofEpochSecond(0, latest(Entry::mtimeNanos)));
    }

    Watch.Waiting waiting(Code why) {
        return new Watch.Waiting(candidate.name(), why, since());
    }

    private long latest(ToLongFunction<Entry> time) {
        return candidate.entries().stream().mapToLong(time).max().orElseThrow();
    }
}
