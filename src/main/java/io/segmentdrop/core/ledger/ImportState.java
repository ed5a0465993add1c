package io.segmentdrop.core.ledger;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where an import stands. Final stays final: a replay is a new import. */
public enum ImportState {
    /** In our custody, to be checked. */
    TAKEN,
    /** Planned, waiting in its lane or being sent. */
    READY,
    /** Waits for a person; it blocks its lane. */
    HELD,
    /** Every chunk was accepted by OptiPub. */
    DELIVERED,
    /** The sender's fault. */
    REJECTED,
    /** Ours or the API's fault. */
    UNDELIVERABLE,
    /** The same as the last delivered import of its lane, and not sent again. */
    DUPLICATE,
    /** A dry run without faults. */
    CHECKED,
    /** Ended by a person. */
    DISCARDED;

    /** True if nothing follows. */
    public boolean isFinal() {
        return this.compareTo(HELD) > 0;
    }

    /** True if the import ends in {@code dead-letter/}; the other final ones end in {@code archive/}. */
    public boolean isDeadLetter() {
        return this == REJECTED || this == UNDELIVERABLE || this == DISCARDED;
    }

    /** The states that may follow this one. */
    public Set<ImportState> next() {
        return switch (this) {
            case TAKEN -> EnumSet.of(READY, HELD, REJECTED, UNDELIVERABLE, DUPLICATE, CHECKED, DISCARDED);
            case READY -> EnumSet.of(HELD, DELIVERED, UNDELIVERABLE, DUPLICATE, DISCARDED);
            case HELD -> EnumSet.of(TAKEN, READY, DELIVERED, UNDELIVERABLE, DISCARDED);
            case DELIVERED, REJECTED, UNDELIVERABLE, DUPLICATE, CHECKED, DISCARDED -> EnumSet.noneOf(ImportState.class);
        };
    }

    /** The partner's word for it, in lower case; a taken import is {@code received} and a planned one {@code waiting}. */
    public String partnerWord() {
        return switch (this) {
            case TAKEN -> "received";
            case READY -> "waiting";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
