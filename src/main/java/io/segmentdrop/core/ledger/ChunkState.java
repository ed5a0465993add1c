package io.segmentdrop.core.ledger;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a chunk stands. {@link #SENDING} is committed before the connection is opened. */
public enum ChunkState {
    PLANNED,
    SENDING,
    ACCEPTED,
    REFUSED,
    IN_DOUBT;

    /** The states that may follow this one. */
    public Set<ChunkState> next() {
        return switch (this) {
            case PLANNED -> EnumSet.of(SENDING);
            case SENDING -> EnumSet.of(PLANNED, ACCEPTED, REFUSED, IN_DOUBT);
            case REFUSED -> EnumSet.of(PLANNED, ACCEPTED, SENDING);
            case IN_DOUBT -> EnumSet.of(PLANNED, ACCEPTED, SENDING);
            case ACCEPTED -> EnumSet.noneOf(ChunkState.class);
        };
    }

    /** The word in receipts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
