package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.shell.files.Bells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a drop is looked at. */
@NullUnmarked
class DropPaceTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger looks = new AtomicInteger();
    private Endpoint endpoint;
    private Consumer consumer;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        endpoint = camel.getEndpoint("direct:any");
        consumer = endpoint.createConsumer(exchange -> {});
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    @Test
    void looksAtOnceAndThenAgainAfterAWhile() {
        DropPace pace = new DropPace(look(true), Bells.silent().of(folder), Duration.ofMillis(20));
        assertThat(pace.begin(consumer, endpoint)).isTrue();
        assertThat(pace.begin(consumer, endpoint)).isTrue();
        assertThat(looks).hasValue(2);
    }

    @Test
    void looksAsSoonAsSomethingAppears() throws Exception {
        try (Bells bells = Bells.start()) {
            DropPace pace = new DropPace(look(false), bells.of(folder), Duration.ofHours(1));
            assertThat(pace.begin(consumer, endpoint)).isFalse();
            CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> pace.begin(consumer, endpoint));
            await().until(() -> {
                Files.delete(Files.createTempFile(folder, "pair", ".csv"));
                return looks.get() == 2;
            });
            assertThat(next.join()).isFalse();
        }
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        DropPace pace = new DropPace(look(true), Bells.silent().of(folder), Duration.ofHours(1));
        pace.begin(consumer, endpoint);
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> found.complete(pace.begin(consumer, endpoint)));
        thread.interrupt();
        assertThat(found.join()).isFalse();
        assertThat(looks).hasValue(1);
    }

    private PollingConsumerPollStrategy look(boolean finds) {
        return new PollingConsumerPollStrategy() {
            @Override
            public boolean begin(Consumer polled, Endpoint of) {
                looks.incrementAndGet();
                return finds;
            }

            @Override
            public void commit(Consumer polled, Endpoint of, int messages) {}

            @Override
            public boolean rollback(Consumer polled, Endpoint of, int retries, Exception cause) {
                return false;
            }
        };
    }
}
