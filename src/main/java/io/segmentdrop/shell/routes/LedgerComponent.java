package io.segmentdrop.shell.routes;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code ledger:NAME?workers=N}: a consumer that pulls from the bean {@code work-NAME}. */
public final class LedgerComponent extends DefaultComponent {

    private final Nudge nudge;

    public LedgerComponent(Nudge nudge) {
        this.nudge = nudge;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int workers = getAndRemoveParameter(parameters, "workers", Integer.class, 1);
        return new LedgerEndpoint(uri, this, remaining, workers, nudge);
    }
}
