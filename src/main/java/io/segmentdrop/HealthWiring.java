package io.segmentdrop;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.DropStates;
import io.segmentdrop.shell.health.GateStates;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.OwnParts;
import io.segmentdrop.shell.health.RouteStates;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Notices;
import io.segmentdrop.shell.ledger.OutcomeWord;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.log.LogQueue;
import io.segmentdrop.shell.ops.Gauges;
import io.segmentdrop.shell.routes.Drop;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.Feeds;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health and metrics. Each bean's name before {@code HealthIndicator} is its path below {@code /actuator/health}; only
 * {@code own} decides on readiness.
 */
@Configuration(proxyBeanMethods = false)
class HealthWiring {

    @Bean
    HealthIndicator ownHealthIndicator(Home home, LedgerDatabase ledger, Overview overview) {
        return new OwnParts(home.root(), () -> written(ledger), overview::unknown);
    }

    private static OwnParts.Written written(LedgerDatabase ledger) {
        return switch (ledger.writable()) {
            case YES -> OwnParts.Written.YES;
            case LOCKED -> OwnParts.Written.LOCKED;
            case NO -> OwnParts.Written.NO;
        };
    }

    @Bean
    HealthIndicator dropsHealthIndicator(DropBoard board, Feeds feeds, Drops drops, Browse browse, Ticker ticker) {
        Map<String, Duration> scans = new TreeMap<>();
        drops.all().forEach(drop -> scans.put(drop.name(), drop.scanEvery()));
        return new DropStates(board, scans, feeds::all, () -> gatesOfDrops(browse), ticker);
    }

    private static Map<String, String> gatesOfDrops(Browse browse) {
        Map<String, String> closed = new TreeMap<>();
        for (GateRow gate : browse.closedGates()) {
            if (gate.name().startsWith(Gates.ofDrop(""))) {
                closed.put(gate.name().substring(Gates.ofDrop("").length()), sentence(gate));
            }
        }
        return closed;
    }

    private static String sentence(GateRow gate) {
        return gate.code() + ": " + gate.reason() + " What to do: "
                + gate.code().remedy() + ".";
    }

    @Bean
    HealthIndicator apiHealthIndicator(Browse browse) {
        return new GateStates(() -> closed(browse));
    }

    @Bean
    HealthIndicator routesHealthIndicator(CamelContext camel) {
        return new RouteStates(camel);
    }

    private static Map<String, String> closed(Browse browse) {
        Map<String, String> closed = new TreeMap<>();
        for (GateRow gate : browse.closedGates()) {
            if (gate.name().equals(Gates.API) || gate.name().equals(Gates.CREDENTIAL)) {
                closed.put(gate.name(), sentence(gate));
            }
        }
        return closed;
    }

    /** Camel's own counters of each route: what camel-micrometer-starter would do, which 4.22.0 lacks. */
    @Bean
    CamelContextConfiguration routeMetrics(MeterRegistry registry) {
        return CamelStart.of(camel -> {
            MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
            routes.setMeterRegistry(registry);
            camel.addRoutePolicyFactory(routes);
        });
    }

    @Bean
    MeterBinder linesThatTheLogLost() {
        return registry -> FunctionCounter.builder(
                        "segment.drop.log.lines.dropped",
                        (LoggerContext) LoggerFactory.getILoggerFactory(),
                        context -> LogQueue.of(context).map(LogQueue::dropped).orElse(0L))
                .description("lines of the log that were dropped, since what reads the output did not keep up")
                .register(registry);
    }

    @Bean
    Gauges gauges(
            Metrics metrics,
            Browse browse,
            Notices notices,
            DropBoard board,
            Feeds feeds,
            Reserve reserve,
            Drops drops,
            Clock clock) {
        List<String> names = drops.all().stream().map(Drop::name).toList();
        List<String> ends = Arrays.stream(ImportState.values())
                .filter(ImportState::isFinal)
                .map(ImportState::partnerWord)
                .toList();
        names.forEach(name -> metrics.known(name, ends));
        OutcomeWord.ALL.forEach(metrics::known);
        Gauges.Sources sources = new Gauges.Sources(browse, notices, board, feeds, reserve, clock);
        return new Gauges(metrics, sources, drops.all(), feeds.expecting());
    }
}
