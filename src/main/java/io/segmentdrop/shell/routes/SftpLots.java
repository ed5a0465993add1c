package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.Mirrored;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.AbstractListAggregationStrategy;
import org.jspecify.annotations.Nullable;

/** Gathers the pairs of a lot; what could not be fetched counts, but is not among them. */
public final class SftpLots extends AbstractListAggregationStrategy<Mirrored.Row> {

    @Override
    public Mirrored.@Nullable Row getValue(Exchange exchange) {
        return of(exchange).row();
    }

    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange one) {
        Exchange lot = super.aggregate(before, one);
        if (of(one).last()) {
            lot.setProperty(Exchange.AGGREGATION_COMPLETE_CURRENT_GROUP, true);
        }
        return lot;
    }

    private static SftpFetched of(Exchange exchange) {
        return Objects.requireNonNull(exchange.getMessage().getBody(SftpFetched.class));
    }
}
