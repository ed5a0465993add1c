package io.segmentdrop.house.planted.core.check;

import java.time.Instant;

/** Planted: the time is asked for instead of being given. */
public final class AsksForTheTime {
    public Instant time() {
        return Instant.now();
    }
}
