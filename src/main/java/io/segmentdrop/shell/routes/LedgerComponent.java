package io.segmentdrop.shell.routes;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** {@code ledger:WORK?workers=N}: a consumer that pulls from the bean {@code work-WORK}. */
@Component("ledger")
public final class LedgerComponent extends DefaultComponent {

    private final Nudge nudge;

    /** For Camel's tools, which make one by its name to ask for its options. */
    public LedgerComponent() {
        this(new Nudge());
    }

    public LedgerComponent(Nudge nudge) {
        this.nudge = nudge;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int workers = getAndRemoveParameter(parameters, "workers", Integer.class, 1);
        return new LedgerEndpoint(uri, this, remaining, workers, nudge);
    }
}
