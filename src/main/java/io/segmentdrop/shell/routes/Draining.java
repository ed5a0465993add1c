package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.api.ApiClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Knows when the program ends, before anything is stopped. Promise: a body that is not out whole by then never becomes an
 * import, and is recorded as not applied; one that is out may have its answer within Camel's time to shut down, and is in doubt
 * after it. A check that is under way is cut off, since it begins anew.
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

    /** The same bytes; reading them fails when the program ends, so that work which can begin anew is not waited for. */
    InputStream cutOff(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                requireGoing();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                requireGoing();
                return super.read(bytes, offset, length);
            }
        };
    }

    private void requireGoing() throws EndingException {
        if (ending) {
            throw new EndingException();
        }
    }

    /** The program is ending, and this work begins anew at the next start. */
    static final class EndingException extends IOException {

        EndingException() {
            super("the program is ending");
        }
    }
}
