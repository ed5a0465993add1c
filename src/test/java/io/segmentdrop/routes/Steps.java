package io.segmentdrop.routes;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Counts the exchanges that each step of each route saw, and lets a step fail or wait when a test says so. */
final class Steps implements InterceptStrategy {

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final Map<String, Queue<Throwable>> faults = new ConcurrentHashMap<>();
    private final Map<String, Queue<CyclicBarrier>> meetings = new ConcurrentHashMap<>();

    /** How many exchanges {@code route/step} saw. */
    int seen(String step) {
        return seen.getOrDefault(step, new AtomicInteger()).get();
    }

    /** The steps that saw any, as {@code route/step}. */
    Map<String, AtomicInteger> all() {
        return Map.copyOf(seen);
    }

    void forget() {
        seen.clear();
    }

    /** Lets the next exchange at {@code route/step} fail instead of doing its work. */
    void failNext(String step, Throwable fault) {
        faults.computeIfAbsent(step, id -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    /** Lets the next exchange at {@code route/step} wait until all others that the barrier is for are where they wait. */
    void meetNext(String step, CyclicBarrier barrier) {
        meetings.computeIfAbsent(step, id -> new ConcurrentLinkedQueue<>()).add(barrier);
    }

    private void meet(String step) throws Exception {
        CyclicBarrier barrier =
                meetings.getOrDefault(step, new ConcurrentLinkedQueue<>()).poll();
        if (barrier != null) {
            barrier.await(60, TimeUnit.SECONDS);
        }
    }

    /** True if the step has failed as often as it was told to. */
    boolean hasFailed(String step) {
        return faults.getOrDefault(step, new ConcurrentLinkedQueue<>()).isEmpty();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, @Nullable Processor nextTarget) {
        String step = CamelContextHelper.getRouteId(node) + "/" + node.getId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                seen.computeIfAbsent(step, id -> new AtomicInteger()).incrementAndGet();
                Throwable fault =
                        faults.getOrDefault(step, new ConcurrentLinkedQueue<>()).poll();
                try {
                    meet(step);
                } catch (Exception e) {
                    fault = e;
                }
                if (fault == null) {
                    return super.process(exchange, callback);
                }
                exchange.setException(fault);
                callback.done(true);
                return true;
            }
        };
    }
}
