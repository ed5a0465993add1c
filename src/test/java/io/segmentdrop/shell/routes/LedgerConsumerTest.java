package io.segmentdrop.shell.routes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** Workers that pull from the ledger, in a Camel context of their own. */
class LedgerConsumerTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final Nudge nudge = new Nudge();
    private final Pieces pieces = new Pieces();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> last = new ConcurrentLinkedQueue<>();

    /** Work that a test hands out. */
    private static final class Pieces implements Work {

        private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
        private final Queue<Object> released = new ConcurrentLinkedQueue<>();
        private final Queue<String> putOff = new ConcurrentLinkedQueue<>();
        private final Queue<String> held = new ConcurrentLinkedQueue<>();
        private final Queue<String> failed = new ConcurrentLinkedQueue<>();
        private volatile Runnable failing = () -> {};
        private final AtomicInteger claims = new AtomicInteger();
        private volatile CountDownLatch claiming = new CountDownLatch(0);
        private volatile Duration rest = Duration.ZERO;

        @Override
        public @Nullable Object claim() {
            claims.incrementAndGet();
            Object piece = waiting.poll();
            if (piece != null) {
                hold();
            }
            if (piece instanceof RuntimeException fault) {
                throw fault;
            }
            if (piece instanceof Error fault) {
                throw fault;
            }
            return piece;
        }

        private void hold() {
            try {
                claiming.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Duration rest() {
            return rest;
        }

        @Override
        public void putOff(Exchange exchange, Throwable why) {
            failing.run();
            putOff.add(Piece.of(exchange, String.class) + ": " + why.getMessage());
        }

        @Override
        public void hold(Exchange exchange, HeldException why) {
            held.add(Piece.of(exchange, String.class));
        }

        @Override
        public void fail(Exchange exchange, Throwable fault) {
            failed.add(Piece.of(exchange, String.class));
        }

        @Override
        public void release(Object piece) {
            released.add(piece);
        }
    }

    @BeforeEach
    void prepare() {
        camel.addComponent("ledger", new LedgerComponent(nudge));
        camel.getRegistry().bind("work-test", pieces);
        camel.getShutdownStrategy().setTimeout(30);
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    @Test
    void eachPieceGoesThroughTheRouteAndIsReleased() throws Exception {
        start(exchange ->
                seen.add(exchange.getMessage().getBody(String.class) + "=" + Piece.of(exchange, String.class)));
        give("a", "b", "c");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactlyInAnyOrder("a", "b", "c"));
        assertThat(seen).containsExactlyInAnyOrder("a=a", "b=b", "c=c");
    }

    @Test
    void aPieceWhoseRouteFailsIsAFaultAndReleased() throws Exception {
        start(exchange -> {
            throw new IllegalStateException("a fault");
        });
        give("a", "b");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactlyInAnyOrder("a", "b"));
        assertThat(pieces.failed).containsExactlyInAnyOrder("a", "b");
        assertThat(pieces.putOff).isEmpty();
    }

    @Test
    void aPieceThatARouteDoesNotSettleIsPutOffByTheRoutesName() throws Exception {
        start(exchange -> {
            if ("settled".equals(exchange.getMessage().getBody(String.class))) {
                Piece.settle(exchange);
            }
        });
        give("settled", "forgotten");
        await().untilAsserted(() -> assertThat(pieces.released).hasSize(2));
        assertThat(pieces.putOff)
                .containsExactly("forgotten: the route test ended without recording what became of it; look for a step"
                        + " that is missing in it");
        assertThat(pieces.failed).isEmpty();
    }

    /** By its kind, as {@code 90-errors} has it; the three are told apart on the real routes. */
    @Test
    void aLedgerThatDoesNotTakeAFaultIsAskedAgainAfterAPause() throws Exception {
        pieces.failing = () -> {
            throw new QueryTimeoutException("the ledger is locked");
        };
        start(exchange -> seen.add("x"));
        give("a");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
        assertThat(pieces.putOff).isEmpty();
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAskedAgain() throws Exception {
        start(exchange -> seen.add("x"));
        give(new IllegalStateException("the ledger is locked"), new StackOverflowError(), "a");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
    }

    @Test
    void aNudgeThatIsMissedCostsAMomentOnly() throws Exception {
        start(exchange -> seen.add("x"));
        await().until(() -> pieces.claims.get() > 0);
        pieces.waiting.add("a");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
    }

    @Test
    void whatRestsAfterALookInVainIsNotLookedForAtEachNudge() throws Exception {
        pieces.rest = Duration.ofMillis(150);
        start(exchange -> seen.add("x"));
        await().until(() -> pieces.claims.get() > 0);
        int before = pieces.claims.get();
        await().pollInterval(Duration.ofMillis(1))
                .during(Duration.ofMillis(100))
                .until(() -> {
                    nudge.give();
                    return pieces.claims.get() <= before + 2;
                });

        give("a");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
    }

    @Test
    void stoppingClaimsNothingMoreAndInterruptsNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(exchange -> {
            begun.countDown();
            seen.add(goOn.await(30, SECONDS) ? "whole" : "cut off");
        });
        give("a");
        assertThat(begun.await(30, SECONDS)).isTrue();

        CompletableFuture<Void> stopped = stopRoute();
        await().until(() -> isConsumerSuspended());
        pieces.waiting.add("b");
        nudge.give();
        goOn.countDown();
        stopped.get(30, SECONDS);

        assertThat(seen).containsExactly("whole");
        assertThat(last).containsExactly("last step");
        assertThat(pieces.released).containsExactly("a");
        assertThat(pieces.waiting).containsExactly("b");
    }

    @Test
    void aPieceThatIsClaimedWhileItStopsIsWorkedOnToo() throws Exception {
        start(exchange -> seen.add(exchange.getMessage().getBody(String.class)));
        pieces.claiming = new CountDownLatch(1);
        give("a");
        await().until(() -> pieces.waiting.isEmpty());

        CompletableFuture<Void> stopped = stopRoute();
        await().until(() -> isConsumerSuspended());
        assertThat(stopped).isNotDone();
        pieces.claiming.countDown();
        stopped.get(30, SECONDS);

        assertThat(seen).containsExactly("a");
        assertThat(last).containsExactly("last step");
        assertThat(pieces.released).containsExactly("a");
    }

    private boolean isConsumerSuspended() {
        return ((LedgerConsumer) Objects.requireNonNull(camel.getRoute("test")).getConsumer()).isSuspended();
    }

    @Test
    void aRouteThatIsStartedAgainGoesOn() throws Exception {
        start(exchange -> seen.add("x"));
        stopRoute().get(30, SECONDS);
        pieces.waiting.add("a");
        camel.getRouteController().startRoute("test");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
    }

    @Test
    void aRouteThatWasSuspendedGoesOn() throws Exception {
        start(exchange -> seen.add("x"));
        camel.getRouteController().suspendRoute("test");
        give("a");
        camel.getRouteController().resumeRoute("test");
        await().untilAsserted(() -> assertThat(pieces.released).containsExactly("a"));
    }

    @Test
    void asManyWorkersAsWereAskedForWorkSideBySide() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        start(exchange -> {
            both.countDown();
            seen.add(both.await(30, SECONDS) ? "side by side" : "one after the other");
        });
        give("a", "b");
        await().untilAsserted(() -> assertThat(pieces.released).hasSize(2));
        assertThat(seen).containsExactly("side by side", "side by side");
    }

    @Test
    void nothingIsSentToTheLedger() {
        assertThatThrownBy(() -> camel.getEndpoint("ledger:test").createProducer())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("nothing is sent to ledger://test: stages write the ledger");
    }

    @Test
    void workThatDoesNotExistIsToldAtTheStart() {
        assertThatThrownBy(() -> {
                    camel.addRoutes(route("ledger:other", exchange -> {}));
                    camel.start();
                })
                .hasStackTraceContaining("work-other");
    }

    private void start(Processor processor) throws Exception {
        camel.addRoutes(route("ledger:test?workers=2", processor));
        camel.start();
    }

    private RouteBuilder route(String from, Processor processor) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("test").process(processor).process(exchange -> last.add("last step"));
            }
        };
    }

    private void give(Object... more) {
        for (Object piece : more) {
            pieces.waiting.add(piece);
        }
        nudge.give();
    }

    private CompletableFuture<Void> stopRoute() {
        return CompletableFuture.runAsync(() -> {
            try {
                camel.getRouteController().stopRoute("test");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
