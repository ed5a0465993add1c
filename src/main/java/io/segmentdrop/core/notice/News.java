package io.segmentdrop.core.notice;

import io.segmentdrop.core.ledger.ImportState;
import java.util.Locale;
import java.util.Optional;

/** What happened that operations should hear of. */
public enum News {
    /** The sender's fault; the sender has a receipt. */
    IMPORT_REJECTED,
    /** Ours or the API's fault; a dead letter that can be replayed. */
    IMPORT_UNDELIVERABLE,
    /** Waits for a person, and its lane with it. */
    IMPORT_HELD,
    /** Nothing is sent through the gate. */
    GATE_CLOSED,
    /** What waited goes out. */
    GATE_OPENED,
    /** A drop's files did not come in time. */
    FEED_LATE,
    /** They came after all. */
    FEED_ARRIVED,
    /** A drop takes nothing: its folder or its server cannot be read, or the disk is full. */
    DROP_CLOSED,
    /** It takes files again. */
    DROP_OPENED;

    /** The words in events and notices, such as {@code import rejected}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What an import's new state is to operations; empty if they need not hear of it. */
    public static Optional<News> of(ImportState state) {
        return switch (state) {
            case REJECTED -> Optional.of(IMPORT_REJECTED);
            case UNDELIVERABLE -> Optional.of(IMPORT_UNDELIVERABLE);
            case HELD -> Optional.of(IMPORT_HELD);
            case TAKEN, READY, DELIVERED, DUPLICATE, CHECKED, DISCARDED -> Optional.empty();
        };
    }
}
