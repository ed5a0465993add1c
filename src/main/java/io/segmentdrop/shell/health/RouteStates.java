package io.segmentdrop.shell.health;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Every Camel route and whether it runs; down if one that should run does not. */
public final class RouteStates implements HealthIndicator {

    private final CamelContext camel;

    public RouteStates(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Health health() {
        Health.Builder health = camel.isStarted() ? Health.up() : Health.down();
        for (Route route : camel.getRoutes()) {
            ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
            boolean runs = status != null && status.isStarted();
            String word = String.valueOf(status).toLowerCase(Locale.ROOT);
            health.withDetail(
                    route.getRouteId(),
                    runs ? word : "expected started, found " + word + "; the log says why; start segment-drop again");
            if (!runs) {
                health.down();
            }
        }
        return health.build();
    }
}
