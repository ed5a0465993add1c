package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Says what operations should hear of; null where nobody need hear. */
public final class NotifyStage {

    /** One sentence about an import that needs a look; null for every other. */
    public @Nullable String news(Exchange exchange) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        return switch (row.state()) {
            case HELD, REJECTED, UNDELIVERABLE ->
                "%s of drop %s is %s: %s: %s"
                        .formatted(
                                row.id(),
                                row.dropName(),
                                row.state().partnerWord(),
                                row.code(),
                                Printable.of(String.valueOf(row.reason())));
            case TAKEN, READY, DELIVERED, DUPLICATE, CHECKED, DISCARDED -> null;
        };
    }
}
