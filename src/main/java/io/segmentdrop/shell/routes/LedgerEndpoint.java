package io.segmentdrop.shell.routes;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;

/** One kind of work, and how many workers do it side by side. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "ledger",
        title = "Ledger",
        syntax = "ledger:work",
        consumerOnly = true,
        category = Category.DATABASE)
public final class LedgerEndpoint extends DefaultEndpoint {

    @UriPath(
            enums = "check,send,settle,notify,retention",
            description = "The kind of work: the bean that is named work- and this is asked for the next piece")
    @Metadata(required = true)
    private final String work;

    @UriParam(defaultValue = "1", description = "How many workers take pieces of this work side by side")
    private final int workers;

    private final Nudge nudge;

    LedgerEndpoint(String uri, LedgerComponent component, String work, int workers, Nudge nudge) {
        super(uri, component);
        this.work = work;
        this.workers = workers;
        this.nudge = nudge;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("nothing is sent to " + getEndpointUri() + ": stages write the ledger");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new LedgerConsumer(this, processor, work(), work, workers, nudge);
    }

    /** The pieces of this kind of work. */
    Work work() {
        return CamelContextHelper.mandatoryLookup(getCamelContext(), "work-" + work, Work.class);
    }
}
