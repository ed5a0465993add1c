package io.segmentdrop.shell.routes;

import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that claim a piece of work, send it through the route and release it. Stopping ends the claiming at once; a
 * piece under way goes to its end within Camel's time to shut down.
 */
final class LedgerConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    private final Work work;
    private final String name;
    private final int workers;
    private final Nudge nudge;
    private @Nullable ExecutorService threads;
    private volatile boolean claiming;

    LedgerConsumer(LedgerEndpoint endpoint, Processor processor, Work work, String name, int workers, Nudge nudge) {
        super(endpoint, processor);
        this.work = work;
        this.name = name;
        this.workers = workers;
        this.nudge = nudge;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        claiming = true;
        ExecutorService pool = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "ledger-" + name, workers);
        threads = pool;
        for (int i = 0; i < workers; i++) {
            pool.execute(this::pull);
        }
    }

    @Override
    protected void doStop() throws Exception {
        claiming = false;
        nudge.give();
        ExecutorService pool = threads;
        if (pool != null) {
            // no interrupt: what is under way goes on, and Camel waits for it as for any exchange
            pool.shutdown();
        }
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        ExecutorService pool = threads;
        if (pool != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(pool);
            threads = null;
        }
        super.doShutdown();
    }

    private void pull() {
        while (claiming) {
            long seen = nudge.count();
            try {
                Object piece = work.claim();
                if (piece == null) {
                    nudge.await(seen, Nudge.LOOK);
                } else if (!process(piece)) {
                    pause();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                // the ledger did not answer: nothing was claimed, and it is asked again
                LOG.warn(
                        "Cannot ask the ledger for work ({}): {}; trying again.", name, String.valueOf(e.getMessage()));
                pause();
            }
        }
    }

    private void pause() {
        try {
            // no nudge ends this pause
            nudge.await(Long.MAX_VALUE, Nudge.LOOK.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if not even the fault could be recorded: then the next piece would fare no better at once. */
    private boolean process(Object piece) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            Piece.put(exchange, piece);
            exchange.getMessage().setBody(piece);
            getProcessor().process(exchange);
            Exception fault = exchange.getException();
            if (fault != null) {
                LOG.error("A fault of segment-drop in {}; the import is looked at again.", name, fault);
            }
            return fault == null;
        } finally {
            releaseExchange(exchange, false);
            work.release(piece);
            nudge.give();
        }
    }
}
