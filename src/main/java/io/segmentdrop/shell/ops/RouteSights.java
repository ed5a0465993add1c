package io.segmentdrop.shell.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** The Camel routes as operations see them: whether each runs, what it did and how often it failed since the start. */
public final class RouteSights implements RoutePolicyFactory {

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    public RouteSights(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** Camel asks for this at each route's start; it notes when an exchange of the route has ended. */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                last.put(routeId, clock.instant());
            }
        };
    }

    /**
     * One route.
     *
     * @param state Camel's word: started, stopped, suspended, …
     * @param last when its newest exchange ended; null if there was none since the start
     * @param failures exchanges that ended with a fault, those that a route dealt with among them
     */
    public record Sight(
            String id,
            String description,
            String state,
            boolean runs,
            @Nullable Instant last,
            long exchanges,
            long failures) {}

    /** The routes of Camel, by name. */
    public List<Sight> all(CamelContext camel) {
        return camel.getRoutes().stream()
                .map(route -> sight(camel, route))
                .sorted(Comparator.comparing(Sight::id))
                .toList();
    }

    private Sight sight(CamelContext camel, Route route) {
        String id = route.getRouteId();
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        return new Sight(
                id,
                route.getDescription() == null ? "" : route.getDescription(),
                String.valueOf(status).toLowerCase(Locale.ROOT),
                status != null && status.isStarted(),
                last.get(id),
                count("camel.exchanges.total", id),
                count("camel.exchanges.failed", id) + count("camel.exchanges.failures.handled", id));
    }

    private long count(String meter, String route) {
        return (long) meters.find(meter).tag("routeId", route).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
