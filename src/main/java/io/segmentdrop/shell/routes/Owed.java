package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes that the ledger could not take when they were known. They are kept in memory and recorded before anything else is
 * claimed; if the program ends before that, their attempts are open in the ledger and in doubt after the restart.
 */
final class Owed {

    private static final Logger LOG = LoggerFactory.getLogger(Owed.class);

    private final Deque<Runnable> debts = new ArrayDeque<>();

    /** Records an outcome now, or keeps it if the ledger does not answer. The recording must bear to be run twice. */
    void record(Claim claim, Runnable outcome) {
        Runnable recording = () -> named(claim, outcome);
        try {
            recording.run();
        } catch (RuntimeException e) {
            if (!LedgerDatabase.isUnavailable(e)) {
                throw e;
            }
            synchronized (this) {
                debts.add(recording);
            }
            LOG.error(
                    "{} chunk {}: the ledger cannot take the outcome: {}; it is recorded before anything else is sent.",
                    claim.row().id(),
                    claim.chunk().number(),
                    e.getClass().getSimpleName());
        }
    }

    private static void named(Claim claim, Runnable outcome) {
        LogFields fields = LogFields.of(claim.row());
        try {
            outcome.run();
        } finally {
            fields.clear();
        }
    }

    /** Records what is owed; throws if the ledger still does not answer. */
    synchronized void settle() {
        while (!debts.isEmpty()) {
            Runnable debt = debts.element();
            try {
                debt.run();
            } catch (RuntimeException e) {
                if (LedgerDatabase.isUnavailable(e)) {
                    throw e;
                }
                LOG.error("An outcome cannot be recorded; its attempt is in doubt after the next start.", e);
            }
            debts.remove();
        }
    }
}
