package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@code 90-errors} leads: what an exception means is decided there, by its kind; what follows for the piece of work is
 * decided by the {@link Work} that it came from.
 */
public final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final String UNRECORDED = "unrecorded";

    /** What becomes of a piece; may fail as the ledger does. */
    @FunctionalInterface
    private interface End {

        void of(Work work);
    }

    /** The disk or the ledger did not answer: nobody's fault, and tried again. */
    public void putOff(Exchange exchange) {
        Throwable fault = fault(exchange);
        end(exchange, fault, work -> work.putOff(exchange, fault));
    }

    /** A person has to decide. */
    public void hold(Exchange exchange) {
        if (fault(exchange) instanceof HeldException held) {
            end(exchange, held, work -> work.hold(exchange, held));
        } else {
            fail(exchange);
        }
    }

    /** A fault of ours. */
    public void fail(Exchange exchange) {
        Throwable fault = fault(exchange);
        end(exchange, fault, work -> work.fail(exchange, fault));
    }

    /** What was thrown, without what Camel puts around an exception of an expression. */
    private static Throwable fault(Exchange exchange) {
        Throwable fault = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        while (fault instanceof RuntimeCamelException && fault.getCause() != null) {
            fault = fault.getCause();
        }
        return fault;
    }

    private static void end(Exchange exchange, Throwable fault, End end) {
        if (exchange.getFromEndpoint() instanceof LedgerEndpoint ledger) {
            recorded(exchange, () -> end.of(ledger.work()));
        } else if (isOfTheMachine(fault)) {
            LOG.warn("The route {} cannot go on now: {}.", exchange.getFromRouteId(), words(fault));
        } else {
            LOG.error("A fault in {}; what it was about is looked at again.", exchange.getFromRouteId(), fault);
        }
    }

    /**
     * Records an end. A ledger that does not even take that leaves the piece unsettled: the consumer pauses, and the piece is
     * found again.
     */
    static void recorded(Exchange exchange, Runnable end) {
        try {
            end.run();
            Piece.settle(exchange);
        } catch (RuntimeException e) {
            if (!LedgerDatabase.isUnavailable(e)) {
                throw e;
            }
            exchange.setVariable(UNRECORDED, true);
        }
    }

    /** Whether the ledger did not take what became of the piece. */
    static boolean isUnrecorded(Exchange exchange) {
        return exchange.getVariable(UNRECORDED) != null;
    }

    /** A disk or a ledger that does not answer, or a route that lacks a step. */
    static boolean isOfTheMachine(Throwable fault) {
        return fault instanceof IOException || LedgerDatabase.isUnavailable(fault);
    }

    /** What a person reads of it. */
    static String words(Throwable fault) {
        return switch (fault) {
            case IOException e -> Printable.of(e);
            case UnsettledException e -> String.valueOf(e.getMessage());
            default -> "the ledger does not answer (" + fault.getClass().getSimpleName() + ")";
        };
    }
}
