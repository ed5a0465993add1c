package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.api.ApiClient;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Knows when the program ends, before anything is stopped. Promise: a body that is not out whole by then never becomes an
 * import, and is recorded as not applied; one that is out may have its answer within Camel's time to shut down, and is in doubt
 * after it.
 */
public final class Draining extends LifecycleStrategySupport {

    private final ApiClient client;
    private volatile boolean ending;

    public Draining(ApiClient client) {
        this.client = client;
    }

    @Override
    public void onContextStopping(CamelContext context) {
        ending = true;
        long millis = context.getShutdownStrategy()
                .getTimeUnit()
                .toMillis(context.getShutdownStrategy().getTimeout());
        // what was cut is still to be recorded
        client.end(Duration.ofMillis(millis * 3 / 4));
    }

    boolean isEnding() {
        return ending;
    }
}
