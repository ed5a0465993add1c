package io.segmentdrop.shell.health;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The gates of the API and of the key: down while one is closed, with the reason. Never part of readiness. */
public final class GateStates implements HealthIndicator {

    private final Supplier<Map<String, String>> closed;

    /** @param closed the closed gates by name, each with its reason and what to do */
    public GateStates(Supplier<Map<String, String>> closed) {
        this.closed = closed;
    }

    @Override
    public Health health() {
        Map<String, String> now = closed.get();
        return (now.isEmpty() ? Health.up() : Health.down()).withDetails(now).build();
    }
}
