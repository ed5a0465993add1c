package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ledger.Overview.Cause;
import io.segmentdrop.shell.ledger.Overview.Day;
import io.segmentdrop.shell.ledger.Overview.Hour;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the overview and the page of holds and dead letters show, as JSON. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
final class OverviewApiController {

    private static final long HOUR = 3_600_000;
    private static final int FIRST = 5;

    private final Summary summary;
    private final Overview overview;
    private final RouteSights routes;
    private final CamelContext camel;
    private final Clock clock;

    OverviewApiController(Summary summary, Overview overview, RouteSights routes, CamelContext camel, Clock clock) {
        this.summary = summary;
        this.overview = overview;
        this.routes = routes;
        this.camel = camel;
        this.clock = clock;
    }

    /** What these addresses are, in OpenAPI 3.1. */
    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    Resource description() {
        return new ClassPathResource("openapi.yaml");
    }

    @GetMapping("/overview")
    Map<String, Object> overview() {
        Summary.Sight sight = summary.at(clock.instant());
        JsonObject waiting = new JsonObject();
        for (ImportState state : List.of(ImportState.HELD, ImportState.UNDELIVERABLE, ImportState.REJECTED)) {
            waiting.put(state.partnerWord(), sight.waiting(state));
        }
        JsonObject oldest = new JsonObject();
        sight.oldest().forEach((state, at) -> oldest.time(state.partnerWord(), at));
        JsonObject imports = new JsonObject();
        for (ImportState state : ImportState.values()) {
            imports.put(state.partnerWord(), sight.number(state));
        }
        return new JsonObject()
                .put("imports", imports.map())
                .put("oldest", oldest.map())
                .put("attention", waiting.map())
                .put(
                        "days",
                        sight.days().stream().map(OverviewApiController::day).toList())
                .put(
                        "hours",
                        sight.hours().stream().map(OverviewApiController::hour).toList())
                .put(
                        "decisions",
                        sight.decisions().stream()
                                .map(OverviewApiController::decision)
                                .toList())
                .put(
                        "routes",
                        routes.all(camel).stream()
                                .map(OverviewApiController::route)
                                .toList())
                .map();
    }

    /** The causes for which imports wait for somebody, the latest first, with the oldest imports of each. */
    @GetMapping("/attention")
    Map<String, Object> attention() {
        return new JsonObject()
                .put(
                        "causes",
                        summary.at(clock.instant()).causes().stream()
                                .map(this::cause)
                                .toList())
                .map();
    }

    private Map<String, Object> cause(Cause cause) {
        return new JsonObject()
                .put("state", cause.state().partnerWord())
                .put("code", cause.code())
                .put("meaning", cause.code() == null ? null : cause.code().meaning())
                .put("next", cause.code() == null ? null : cause.code().remedy())
                .put("number", cause.number())
                .time("firstSeen", cause.firstSeen())
                .time("lastSeen", cause.lastSeen())
                .put(
                        "oldest",
                        overview.of(cause.state(), cause.code(), FIRST).stream()
                                .map(ImportRow::id)
                                .toList())
                .map();
    }

    private static Map<String, Object> day(Day day) {
        return new JsonObject()
                .put("day", LocalDate.ofEpochDay(day.day()).toString())
                .put("drop", day.dropName())
                .put("state", day.state().partnerWord())
                .put("imports", day.number())
                .map();
    }

    private static Map<String, Object> hour(Hour hour) {
        return new JsonObject()
                .time("hour", Instant.ofEpochMilli(hour.hour() * HOUR))
                .put("imports", hour.imports())
                .put("rows", hour.rows())
                .map();
    }

    private static Map<String, Object> decision(EventRow event) {
        return new JsonObject()
                .time("at", event.at())
                .put("actor", event.actor())
                .put("kind", event.kind())
                .put("detail", event.detail())
                .put("import", event.importId())
                .put("drop", event.dropName())
                .map();
    }

    private static Map<String, Object> route(RouteSights.Sight route) {
        return new JsonObject()
                .put("id", route.id())
                .put("description", route.description())
                .put("state", route.state())
                .time("last", route.last())
                .put("exchanges", route.exchanges())
                .put("failures", route.failures())
                .map();
    }
}
