package io.segmentdrop.shell.routes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code ledger:} consumer pulls: the next thing that the ledger says is to be done. Nothing waits in memory, so a
 * retry, a hold and a restart need no other mechanism.
 */
public interface Work {

    /** The next piece of work, now taken by the caller alone; null if there is none at this moment. */
    @Nullable
    Object claim();

    /**
     * How long nobody looks again after a look that found nothing, nudged or not; zero if each nudge is worth a look. Where
     * thousands are on their way, each of their steps gives a nudge, and to look in vain each time costs more than the steps.
     */
    Duration rest();

    /** Gives back a piece that {@link #claim} answered, whatever became of it. */
    void release(Object piece);
}
