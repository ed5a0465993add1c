package io.segmentdrop.house.planted.core.check;

import java.time.Clock;
import java.time.Instant;

/** Planted: the core holds a clock. */
public final class ReadsClock {
    public Instant time(Clock clock) {
        return clock.instant();
    }
}
