package io.segmentdrop.shell.routes;

import java.time.Duration;
import org.apache.camel.Exchange;
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

    /** Whether a route that ended without a fault has done all there is to do; otherwise the piece is put off. */
    default boolean isDone(Exchange exchange) {
        return Piece.isSettled(exchange);
    }

    /** Records that the piece is tried again later: the disk, the ledger or an edited route did not let it come to its end. */
    void putOff(Exchange exchange, Throwable why);

    /** Records that the piece is held for a person, since no retry mends the cause. */
    void hold(Exchange exchange, HeldException why);

    /** Records a fault of ours. */
    void fail(Exchange exchange, Throwable fault);

    /** Gives back a piece that {@link #claim} answered, whatever became of it. */
    void release(Object piece);
}
