package io.segmentdrop.shell.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger cannot be trusted, so the program must not run. The message says expected, found and what to do. */
public sealed class LedgerRefused extends RuntimeException permits LedgerTaken {

    LedgerRefused(String message) {
        super(message);
    }

    LedgerRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
