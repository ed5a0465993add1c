package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.api.LastBoundary;
import io.segmentdrop.shell.api.SendStoppedException;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Knows when the program ends: from then on no body gets its last boundary unless it is nearly out. */
public final class Draining extends LifecycleStrategySupport {

    private volatile boolean ending;

    @Override
    public void onContextStopped(CamelContext context) {
        ending = true;
    }

    /** Stops a body before its last boundary once Camel has given up waiting for it. */
    public LastBoundary guard() {
        return () -> {
            if (ending) {
                throw new SendStoppedException("the program is ending");
            }
        };
    }
}
