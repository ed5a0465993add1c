package io.segmentdrop.shell.routes;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an exchange of a {@code ledger:} route, which every step and every route that it calls can read, whatever the
 * body has become meanwhile.
 */
final class Piece {

    /** What the ledger gave: the import, the attempt, the notice. */
    private static final String CLAIMED = "claimed";

    /** Set when the ledger knows what became of it. */
    private static final String SETTLED = "settled";

    private Piece() {}

    static void put(Exchange exchange, Object piece) {
        exchange.setVariable(CLAIMED, piece);
    }

    static <T> T of(Exchange exchange, Class<T> type) {
        return variable(exchange, CLAIMED, type);
    }

    static boolean is(Exchange exchange, Class<?> type) {
        return type.isInstance(exchange.getVariable(CLAIMED));
    }

    /** The ledger knows what became of the piece, or will be told before anything else. */
    static void settle(Exchange exchange) {
        exchange.setVariable(SETTLED, true);
    }

    static boolean isSettled(Exchange exchange) {
        return exchange.getVariable(SETTLED) != null;
    }

    /** A variable that an earlier step has set. */
    static <T> T variable(Exchange exchange, String name, Class<T> type) {
        return Objects.requireNonNull(find(exchange, name, type), name);
    }

    /** The same; null if no step has set it. */
    static <T> @Nullable T find(Exchange exchange, String name, Class<T> type) {
        Object found = exchange.getVariable(name);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    /**
     * The body that the step before has left.
     *
     * @throws IllegalStateException if it left something else, since somebody changed the route
     */
    static <T> T body(Exchange exchange, Class<T> type) {
        T body = exchange.getMessage().getBody(type);
        if (body == null) {
            throw new IllegalStateException("expected the step before to leave " + type.getSimpleName()
                    + " as the body, found something else; look at the route " + exchange.getFromRouteId());
        }
        return body;
    }
}
