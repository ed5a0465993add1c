package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an unexpected exception means. A disk or a ledger that does not answer is nobody's fault and is tried again; a
 * fault of ours is logged once with its trace and, when it comes again, holds the import, while the others go on.
 */
public final class FaultStage {

    private static final Logger LOG = LoggerFactory.getLogger(FaultStage.class);

    /** How long a check or a receipt is put off that the machine did not allow. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int CHECKS = 3;

    private final Imports imports;
    private final SendStage send;
    private final Untold untold;
    private final InstantSource clock;

    public FaultStage(Imports imports, SendStage send, Untold untold, InstantSource clock) {
        this.imports = imports;
        this.send = send;
        this.untold = untold;
        this.clock = clock;
    }

    /** Decides by the route that failed. */
    public void record(Exchange exchange) {
        Throwable fault = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        switch (String.valueOf(exchange.getFromRouteId())) {
            case "check" -> check(Piece.of(exchange, ImportRow.class), fault);
            case "send" -> sending(exchange, fault);
            case "settle" -> settle(exchange, fault);
            case "notify" -> notify(exchange, fault);
            default ->
                LOG.error("A fault in {}; what it was about is looked at again.", exchange.getFromRouteId(), fault);
        }
    }

    private void check(ImportRow row, Throwable fault) {
        Instant now = clock.instant();
        if (fault instanceof DropGone) {
            imports.hold(row.id(), Code.DROP_GONE, String.valueOf(fault.getMessage()), now);
        } else if (fault instanceof Draining.EndingException) {
            LOG.info("{}: the end of the program cuts off its check, which begins anew at the next start", row.id());
            imports.checkAgain(row.id(), now.plus(PAUSE));
        } else if (isUnreadable(fault)) {
            imports.hold(row.id(), Code.SRC_PERMISSION, unreadable(row), now);
        } else if (isOfTheMachine(fault)) {
            LOG.warn("{} cannot be checked now: {}; tried again in {} s.", row.id(), words(fault), PAUSE.toSeconds());
            imports.checkAgain(row.id(), now.plus(PAUSE));
        } else if (row.checks() + 1 >= CHECKS) {
            LOG.error("{} is held: its check failed {} times.", row.id(), CHECKS, fault);
            imports.hold(row.id(), Code.INTERNAL_FAULT, sentence(), now);
        } else {
            LOG.error("{} cannot be checked: a fault of segment-drop; tried again.", row.id(), fault);
            imports.checkLater(row.id(), now.plus(PAUSE));
        }
    }

    private void sending(Exchange exchange, Throwable fault) {
        if (Piece.is(exchange, Claim.class)) {
            Claim claim = Piece.of(exchange, Claim.class);
            String id = claim.row().id();
            if (isOfTheMachine(fault)) {
                LOG.warn(
                        "{} chunk {} cannot be sent now: {}.", id, claim.chunk().number(), words(fault));
            } else {
                LOG.error(
                        "{} chunk {}: a fault of segment-drop.",
                        id,
                        claim.chunk().number(),
                        fault);
            }
            send.failed(exchange, fault);
        } else {
            LOG.error("A probe failed by a fault of segment-drop.", fault);
        }
    }

    private void settle(Exchange exchange, Throwable fault) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        if (fault instanceof DropGone) {
            untold(row, new DropBoard.Note(Code.DROP_GONE, String.valueOf(fault.getMessage())));
        } else if (fault instanceof ReceiptStage.Unwritable drop) {
            untold(row, Untold.why(drop.fault()));
        } else if (isOfTheMachine(fault)) {
            LOG.warn(
                    "{} is {}, but cannot be told or put away now: {}; tried again in {} s.",
                    row.id(),
                    row.state().partnerWord(),
                    words(fault),
                    PAUSE.toSeconds());
        } else {
            LOG.error("{} cannot be told or put away: a fault of segment-drop; tried again.", row.id(), fault);
        }
        if (SettleStage.isPutAway(exchange)) {
            imports.tellings().settled(row.id());
        }
        imports.tellings().tellLater(row.id(), clock.instant().plus(PAUSE));
    }

    /** The drop's one line says that it cannot be told; a hold has a line of its own, told or not. */
    private void untold(ImportRow row, DropBoard.Note why) {
        boolean isFirst = untold.failed(row.dropName(), row.id(), why, clock.instant());
        if (isFirst && row.state() == ImportState.HELD) {
            SettleStage.log(row, "");
        }
    }

    /** A mail server or a webhook that does not answer is no fault of ours; what it is, says its line. */
    private static void notify(Exchange exchange, Throwable fault) {
        LOG.warn(
                "A step of the route notify failed: {}.",
                fault instanceof Exception e
                        ? Printable.of(e)
                        : fault.getClass().getSimpleName());
        Piece.of(exchange, NotifyWork.Telling.class).fail();
    }

    /** What the partner dropped bars us from reading it, though it is in our custody: no retry mends that. */
    private static boolean isUnreadable(Throwable fault) {
        return fault instanceof AccessDeniedException denied
                && Stream.of(Home.SOURCE, Home.SIDECAR)
                        .anyMatch(name -> Path.of(denied.getFile()).endsWith(name));
    }

    private static String unreadable(ImportRow row) {
        return "expected the right to read the files in custody (work/" + row.id()
                + "), found that their owner gave none; give segment-drop's account the right and release it, or"
                + " discard it and have the pair dropped again";
    }

    /** A disk or a ledger that does not answer. */
    private static boolean isOfTheMachine(Throwable fault) {
        return fault instanceof IOException || LedgerDatabase.isUnavailable(fault);
    }

    private static String words(Throwable fault) {
        return fault instanceof IOException e
                ? Printable.of(e)
                : "the ledger does not answer (" + fault.getClass().getSimpleName() + ")";
    }

    private static String sentence() {
        return Code.INTERNAL_FAULT.meaning() + "; " + Code.INTERNAL_FAULT.remedy();
    }
}
