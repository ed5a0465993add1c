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

    static boolean is(Exchange exchange, Class<?> type) {
        return type.isInstance(exchange.getProperty(PROPERTY));
    }
}
