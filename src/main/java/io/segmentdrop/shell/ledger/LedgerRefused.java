package io.segmentdrop.shell.ledger;

/** The ledger cannot be trusted, so the program must not run. The message says expected, found and what to do. */
public final class LedgerRefused extends RuntimeException {

    public LedgerRefused(String message) {
        super(message);
    }

    public LedgerRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
