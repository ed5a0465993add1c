package io.segmentdrop.shell.routes;

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
     * Whether a nudge makes a look worth while. What is not urgent is looked for at its own pace: else each step of each
     * import would wake a thread that finds nothing.
     */
    default boolean isUrgent() {
        return true;
    }

    /** Gives back a piece that {@link #claim} answered, whatever became of it. */
    void release(Object piece);
}
