package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.camel.SftpFault;
import io.segmentdrop.shell.camel.SftpRefused;
import io.segmentdrop.shell.health.DropBoard;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What a fault means for an SFTP drop: how long its server is left alone, what health says, and one line in the log. */
final class SftpTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(SftpDrop.class);

    /** So long a disk that was found full is left alone. */
    private static final Duration FULL = Duration.ofSeconds(30);

    /** So long a server that took no more connections is not asked for another. */
    private static final Duration NO_MORE = Duration.ofMinutes(10);

    private final SftpDrop.Setup setup;
    private final String name;
    private final DropBoard board;
    private final DropRoom room;
    private final SftpGate gate;
    private final Ticker ticker;
    private Duration full = Duration.ZERO;
    private String trouble = "";
    private volatile boolean ended;

    SftpTrouble(SftpDrop.Setup setup, DropBoard board, DropRoom room, SftpGate gate, Ticker ticker) {
        this.setup = setup;
        this.name = setup.drop().name();
        this.board = board;
        this.room = room;
        this.gate = gate;
        this.ticker = ticker;
    }

    /** Whether the server may be asked. */
    synchronized boolean lets(Duration now) {
        return now.compareTo(full) >= 0 && gate.lets(now, board.resumes(name));
    }

    /** The server has answered. */
    synchronized void none() {
        gate.open();
    }

    /** The drop takes what comes again. */
    synchronized void over() {
        if (!trouble.isEmpty()) {
            LOG.info("Drop {} is looked at again.", name);
            trouble = "";
        }
    }

    /** The drop takes nothing; answers false. */
    synchronized boolean close(@Nullable Code code, String reason) {
        if (code != null && !ended && (board.closed(name, code, reason) || !trouble.equals(code.name()))) {
            trouble = code.name();
            LOG.warn("Drop {} takes nothing: {}", name, reason);
        }
        return false;
    }

    /** Whether that is only a server that takes no more connections, which is no trouble of the drop. */
    synchronized boolean noMore(SftpShare share, Throwable cause) {
        boolean no = fault(cause) instanceof SftpFault server
                && (server.code() == Code.SRC_UNREACHABLE || server.code() == Code.SRC_TIMEOUT);
        if (no) {
            share.restUntil(ticker.elapsed().plus(NO_MORE));
            LOG.info(
                    "Drop {} goes on with fewer connections than {}: {}. The server is asked again in {} min.",
                    name,
                    setup.connections(),
                    Printable.all(String.valueOf(cause.getMessage())),
                    NO_MORE.toMinutes());
        }
        return no;
    }

    private static Throwable fault(Throwable cause) {
        return cause instanceof GenericFileOperationFailedException && cause.getCause() != null
                ? cause.getCause()
                : cause;
    }

    /** A fault of a connection, of our disk, of the ledger or of ours. */
    synchronized void of(SftpShare share, Throwable cause) {
        Throwable fault = fault(cause);
        switch (fault) {
            case SftpFault server -> server(share, server);
            case SftpRefused refused ->
                close(
                        Code.SRC_DIR_MISSING,
                        "expected to list \"" + setup.account().path() + "\" on the server, found "
                                + refused.getMessage());
            case IOException disk -> disk(disk);
            case DataAccessException ledger -> ledger(ledger);
            case TransactionException ledger -> ledger(ledger);
            default -> {
                LOG.error("A fault in the mirror of drop {}; it is looked at again.", name, fault);
                trouble = "a fault of segment-drop";
            }
        }
    }

    private void server(SftpShare share, SftpFault fault) {
        share.close();
        if (ended) {
            return;
        }
        gate.failed(fault, ticker.elapsed());
        String tries = gate.isStopped() ? "; it is not tried again before it is mended" : "; it is tried again";
        close(fault.code(), Printable.all(String.valueOf(fault.getMessage())) + tries);
    }

    private void disk(IOException fault) {
        if (room.isFull(fault)) {
            full = ticker.elapsed().plus(FULL);
            close(
                    Code.DISK_RESERVE,
                    "expected room on the disk of the home, found none; make room, and the taking goes on by itself");
        } else {
            once("the disk fails: " + Printable.of(fault));
        }
    }

    private void ledger(RuntimeException fault) {
        once("the ledger does not answer (" + fault.getClass().getSimpleName() + ")");
    }

    /** One line, however often it comes again. */
    private void once(String words) {
        if (!words.equals(trouble)) {
            trouble = words;
            LOG.warn("Drop {} takes nothing now: {}; tried again at each scan.", name, words);
        }
    }

    void end() {
        ended = true;
    }
}
