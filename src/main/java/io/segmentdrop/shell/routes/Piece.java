package io.segmentdrop.shell.routes;

import java.util.Objects;
import org.apache.camel.Exchange;

/** What an exchange of a {@code ledger:} route is about, whatever its body has become meanwhile. */
final class Piece {

    private static final String PROPERTY = "segmentDropPiece";

    private Piece() {}

    static void put(Exchange exchange, Object piece) {
        exchange.setProperty(PROPERTY, piece);
    }

    static <T> T of(Exchange exchange, Class<T> type) {
        return Objects.requireNonNull(exchange.getProperty(PROPERTY, type));
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

    static boolean is(Exchange exchange, Class<?> type) {
        return type.isInstance(exchange.getProperty(PROPERTY));
    }
}
