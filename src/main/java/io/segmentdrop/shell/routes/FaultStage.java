package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
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
    private final InstantSource clock;

    public FaultStage(Imports imports, SendStage send, InstantSource clock) {
        this.imports = imports;
        this.send = send;
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
            imports.hold(row.id(), Code.POLICY_CHANGED, String.valueOf(fault.getMessage()), now);
        } else if (fault instanceof Draining.EndingException) {
            LOG.info("{}: the end of the program cuts off its check, which begins anew at the next start", row.id());
            imports.checkAgain(row.id(), now.plus(PAUSE));
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
        if (isOfTheMachine(fault)) {
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

    /** A mail server or a webhook that does not answer is no fault of ours; what it is, says its line. */
    private static void notify(Exchange exchange, Throwable fault) {
        LOG.warn(
                "A step of the route notify failed: {}.",
                fault instanceof Exception e
                        ? Printable.of(e)
                        : fault.getClass().getSimpleName());
        Piece.of(exchange, NotifyWork.Telling.class).fail();
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
