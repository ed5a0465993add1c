package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.files.Bells;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * When a local drop is looked at: every {@code scan-every}, and at once when something appears in it. Looks are apart by
 * twice the time of the last one at least, so that a folder that is never quiet costs no more than a third of a core.
 */
public final class DropPace implements PollingConsumerPollStrategy {

    private static final Duration LEAST = Duration.ofMillis(5);

    private final PollingConsumerPollStrategy watch;
    private final Bells.Bell bell;
    private final Duration scanEvery;
    private Duration pause = Duration.ZERO;

    /**
     * The pace of one drop; used by its consumer's thread alone.
     *
     * @param watch looks at the drop
     */
    public DropPace(PollingConsumerPollStrategy watch, Bells.Bell bell, Duration scanEvery) {
        this.watch = watch;
        this.bell = bell;
        this.scanEvery = scanEvery;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        try {
            if (pause.isPositive()) {
                bell.await(pause, scanEvery);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
        long start = System.nanoTime();
        boolean found = watch.begin(consumer, endpoint);
        pause = pause(Duration.ofNanos(System.nanoTime() - start));
        return found;
    }

    private Duration pause(Duration look) {
        Duration twice = look.multipliedBy(2);
        Duration least = twice.compareTo(LEAST) > 0 ? twice : LEAST;
        return least.compareTo(scanEvery) < 0 ? least : scanEvery;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        watch.commit(consumer, endpoint, polledMessages);
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) throws Exception {
        return watch.rollback(consumer, endpoint, retryCounter, cause);
    }
}
