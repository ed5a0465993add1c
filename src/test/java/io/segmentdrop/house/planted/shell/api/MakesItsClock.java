package io.segmentdrop.house.planted.shell.api;

import java.time.Clock;
import java.time.Instant;

/** Planted: the shell makes a clock of its own. */
public final class MakesItsClock {
    public Instant time() {
        return Clock.systemUTC().instant();
    }
}
