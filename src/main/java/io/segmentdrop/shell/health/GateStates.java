package io.segmentdrop.shell.health;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The gates of the API and of the key: down while one is closed, with the reason and what to do. Never part of readiness. */
public final class GateStates implements HealthIndicator {

    private final Supplier<Map<String, String>> closed;

    /** @param closed the closed gates by name, each with its reason and what to do; may fail as the ledger does */
    public GateStates(Supplier<Map<String, String>> closed) {
        this.closed = closed;
    }

    @Override
    public Health health() {
        try {
            Map<String, String> now = closed.get();
            return now.isEmpty()
                    ? Health.up().withDetail("gates", "open").build()
                    : Health.down().withDetails(now).build();
        } catch (RuntimeException e) {
            // the cause is told by the ledger's own health
            return Health.unknown()
                    .withDetail("gates", "expected an answer of the ledger, found none; check the disk under home")
                    .build();
        }
    }
}
