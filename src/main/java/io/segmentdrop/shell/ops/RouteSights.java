package io.segmentdrop.shell.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;

/** The Camel routes as operations see them: whether each runs, what it did and how often it failed since the start. */
public final class RouteSights {

    private final CamelContext camel;
    private final MeterRegistry meters;

    public RouteSights(CamelContext camel, MeterRegistry meters) {
        this.camel = camel;
        this.meters = meters;
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

    /** The routes, in the order in which they were started. */
    public List<Sight> all() {
        return camel.getRoutes().stream().map(this::sight).toList();
    }

    private Sight sight(Route route) {
        String id = route.getRouteId();
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        long last = (long) gauge("camel.exchanges.last.timestamp", id);
        return new Sight(
                id,
                route.getDescription() == null ? "" : route.getDescription(),
                String.valueOf(status).toLowerCase(Locale.ROOT),
                status != null && status.isStarted(),
                last > 0 ? Instant.ofEpochMilli(last) : null,
                count("camel.exchanges.total", id),
                count("camel.exchanges.failed", id) + count("camel.exchanges.failures.handled", id));
    }

    private Search search(String meter, String route) {
        return meters.find(meter).tag("routeId", route);
    }

    private long count(String meter, String route) {
        return (long)
                search(meter, route).counters().stream().mapToDouble(counter -> counter.count()).sum();
    }

    private double gauge(String meter, String route) {
        return search(meter, route).timeGauges().stream()
                .mapToDouble(gauge -> gauge.value(java.util.concurrent.TimeUnit.MILLISECONDS))
                .max()
                .orElseGet(() -> search(meter, route).gauges().stream()
                        .mapToDouble(gauge -> gauge.value())
                        .max()
                        .orElse(0));
    }
}
