package io.segmentdrop.shell.routes;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that claim a piece of work, send it through the route and release it. Stopping ends the claiming at once; a
 * piece under way goes to its end within Camel's time to shut down.
 */
final class LedgerConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);

    private final Work work;
    private final String name;
    private final int workers;
    private final Nudge nudge;
    private final Nudge.Workers siblings;
    private final AtomicReference<String> silence = new AtomicReference<>("");
    private final AtomicInteger busy = new AtomicInteger();
    private @Nullable ExecutorService threads;

    LedgerConsumer(LedgerEndpoint endpoint, Processor processor, Work work, String name, int workers, Nudge nudge) {
        super(endpoint, processor);
        this.work = work;
        this.name = name;
        this.workers = workers;
        this.nudge = nudge;
        this.siblings = nudge.workers();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        begin();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        begin();
    }

    private void begin() {
        ExecutorService pool = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "ledger-" + name, workers);
        threads = pool;
        for (int i = 0; i < workers; i++) {
            pool.execute(() -> pull(pool));
        }
    }

    /** Comes first when the route is stopped; the rest of the route stops when nothing is pending any more. */
    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        super.doStop();
    }

    private void end() {
        ExecutorService pool = threads;
        if (pool != null) {
            // no interrupt: what is under way goes on to its end
            pool.shutdown();
        }
        nudge.give();
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

    /** A worker's life: it ends with its pool, also if the consumer was started again meanwhile. */
    private void pull(ExecutorService pool) {
        while (!pool.isShutdown()) {
            long seen = nudge.count();
            try {
                switch (step(pool::isShutdown)) {
                    case NOTHING -> siblings.await(seen, work.rest(), Nudge.LOOK);
                    case DONE -> {}
                    // then the next piece would fare no better at once
                    case NOT_RECORDED -> pause();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception | Error e) {
                // a worker that ended here would be missed only when nothing moves any more
                silent(String.valueOf(e.getMessage()));
                pause();
            }
        }
    }

    /** One line for all workers, and for as long as it lasts. */
    private void silent(String fault) {
        if (!fault.equals(silence.getAndSet(fault))) {
            LOG.warn("Cannot ask the ledger for work ({}): {}; trying again.", name, fault);
        }
    }

    private void answers() {
        if (!silence.getAndSet("").isEmpty()) {
            LOG.info("The ledger answers again ({}).", name);
        }
    }

    /** What came of looking for one piece of work. */
    enum Step {
        NOTHING,
        DONE,
        /** The route failed, and not even the fault could be recorded. */
        NOT_RECORDED
    }

    /** What a worker does again and again: claims one piece, sends it through the route and releases it. */
    Step step() throws Exception {
        return step(() -> false);
    }

    /** A piece counts as pending from before it is claimed, so that no stop comes in between. */
    private Step step(BooleanSupplier ended) throws Exception {
        busy.incrementAndGet();
        try {
            Object piece = ended.getAsBoolean() ? null : work.claim();
            answers();
            if (piece == null) {
                return Step.NOTHING;
            }
            siblings.wakeNext();
            return process(piece) ? Step.DONE : Step.NOT_RECORDED;
        } finally {
            busy.decrementAndGet();
        }
    }

    @Override
    public int getPendingExchangesSize() {
        return busy.get();
    }

    /** Claiming is suspended first, then Camel waits for what is pending. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing is kept in memory
    }

    private void pause() {
        try {
            nudge.pause(Nudge.LOOK.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever somebody made of the route, a piece is never left as if it were still under way. */
    private boolean end(Exchange exchange) {
        Exception fault = exchange.getException();
        if (fault != null) {
            Faults.recorded(exchange, () -> work.fail(exchange, fault));
        } else if (!Faults.isUnrecorded(exchange) && !work.isDone(exchange)) {
            Faults.recorded(exchange, () -> work.putOff(exchange, new UnsettledException(getRouteId())));
        }
        return !Faults.isUnrecorded(exchange);
    }

    /** False if not even the fault could be recorded. */
    private boolean process(Object piece) throws Exception {
        Exchange exchange = createExchange(false);
        LogFields fields = LogFields.ofPiece(piece);
        try {
            Piece.put(exchange, piece);
            exchange.getMessage().setBody(piece);
            getProcessor().process(exchange);
            return end(exchange);
        } finally {
            releaseExchange(exchange, false);
            fields.clear();
            work.release(piece);
            nudge.give();
        }
    }
}
