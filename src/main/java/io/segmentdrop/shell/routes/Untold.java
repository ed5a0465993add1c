package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.health.DropBoard;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drops whose partners cannot be told now, and why. What is owed stays in the ledger; here is kept in memory, for health,
 * page and log, what the tries met. Promise: one line when it begins and one when all that failed was told, however many
 * receipts are owed, and one try a second for the whole drop, so that its neighbours' receipts do not wait for it.
 */
public final class Untold {

    private static final Logger LOG = LoggerFactory.getLogger(Untold.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private static final class Debt {

        private final Set<String> owed = new HashSet<>();
        private DropBoard.Note why;
        private Instant restsUntil = Instant.EPOCH;

        Debt(DropBoard.Note why) {
            this.why = why;
        }
    }

    private final Drops drops;
    private final DropBoard board;
    private final Map<String, Debt> debts = new HashMap<>();

    public Untold(Drops drops, DropBoard board) {
        this.drops = drops;
        this.board = board;
    }

    /** What a fault of the drop's folder means. */
    static DropBoard.Note why(IOException fault) {
        return switch (fault) {
            case DropFolder.Replaced e -> new DropBoard.Note(Code.SRC_DIR_REPLACED, String.valueOf(e.getMessage()));
            case DropFolder.ReceiptsRefused e ->
                new DropBoard.Note(Code.SRC_RECEIPTS_LINK, String.valueOf(e.getMessage()));
            case NoSuchFileException e ->
                new DropBoard.Note(Code.SRC_DIR_MISSING, "expected to write receipts in the drop, found no folder");
            default ->
                new DropBoard.Note(
                        Code.SRC_RECEIPTS_REFUSED,
                        "expected to write receipts in the drop, found " + Printable.of(fault));
        };
    }

    /**
     * A receipt could not be written.
     *
     * @param drop as the ledger names it
     * @param id of what is owed
     * @return whether this is the first time for it
     */
    synchronized boolean failed(String drop, String id, DropBoard.Note why, Instant now) {
        Debt debt = debts.computeIfAbsent(drop, d -> new Debt(why));
        boolean isNews = debt.owed.isEmpty() || !debt.why.equals(why);
        debt.why = why;
        debt.restsUntil = now.plus(REST);
        board.untold(shown(drop), why);
        if (isNews) {
            LOG.warn(
                    "Drop {}: its partner cannot be told: {}; receipts are kept and tried again.",
                    drop,
                    Printable.all(why.reason()));
        }
        return debt.owed.add(id);
    }

    /**
     * A receipt was written, or is not owed any more.
     *
     * @return whether it had failed before
     */
    synchronized boolean told(String drop, String id) {
        Debt debt = debts.get(drop);
        if (debt == null) {
            return false;
        }
        debt.restsUntil = Instant.EPOCH;
        boolean wasOwed = debt.owed.remove(id);
        if (debt.owed.isEmpty()) {
            debts.remove(drop);
            board.told(shown(drop));
            LOG.info("Drop {}: its partner is told again.", drop);
        }
        return wasOwed;
    }

    private String shown(String drop) {
        return drops.find(drop).map(Drop::name).orElse(drop);
    }

    /** The drops, as the ledger names them, that are left alone for a moment. */
    public synchronized Set<String> resting(Instant now) {
        return debts.entrySet().stream()
                .filter(entry -> now.isBefore(entry.getValue().restsUntil)
                        // a clock that was set back must not keep them waiting
                        && !now.isBefore(entry.getValue().restsUntil.minus(REST)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
