package io.segmentdrop.shell.health;

import java.time.Instant;

/** Where each attempt is traced: one span, once it has ended. */
@FunctionalInterface
public interface Traces {

    /** No traces at all. */
    Traces NONE = attempt -> {};

    /**
     * An attempt that has ended; nothing in it is a partner's text.
     *
     * @param number which attempt of its chunk, from 1
     * @param code why it was not accepted; empty if it was
     * @param status the HTTP status; 0 if none was read
     */
    record Attempt(
            String importId,
            String drop,
            int chunk,
            int number,
            String outcome,
            String code,
            int status,
            Instant startedAt,
            Instant endedAt) {}

    /** Takes note of it; never throws, and never waits for anybody. */
    void attempt(Attempt attempt);
}
