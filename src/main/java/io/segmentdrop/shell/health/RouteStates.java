package io.segmentdrop.shell.health;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

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
            health.withDetail(route.getRouteId(), String.valueOf(status).toLowerCase(Locale.ROOT));
            if (status == null || !status.isStarted()) {
                health.down();
            }
        }
        return health.build();
    }
}
