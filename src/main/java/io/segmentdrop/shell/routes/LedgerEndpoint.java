package io.segmentdrop.shell.routes;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;

/** One kind of work, and how many workers do it side by side. */
public final class LedgerEndpoint extends DefaultEndpoint {

    private final String name;
    private final int workers;
    private final Nudge nudge;

    LedgerEndpoint(String uri, LedgerComponent component, String name, int workers, Nudge nudge) {
        super(uri, component);
        this.name = name;
        this.workers = workers;
        this.nudge = nudge;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("nothing is sent to " + getEndpointUri() + ": stages write the ledger");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        Work work = CamelContextHelper.mandatoryLookup(getCamelContext(), "work-" + name, Work.class);
        return new LedgerConsumer(this, processor, work, name, workers, nudge);
    }
}
