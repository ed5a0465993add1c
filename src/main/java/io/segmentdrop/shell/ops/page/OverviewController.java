package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ops.DropJson;
import io.segmentdrop.shell.ops.RouteSights;
import io.segmentdrop.shell.ops.Summary;
import io.segmentdrop.shell.routes.Feeds;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page at {@code /}: is anything stuck, whose fault is it, what happens next, what can I do. */
@RestController
final class OverviewController {

    private final Pages pages;
    private final Summary summary;
    private final Browse browse;
    private final DropJson drops;
    private final DropBoard board;
    private final Feeds feeds;
    private final RouteSights routes;
    private final CamelContext camel;

    OverviewController(
            Pages pages,
            Summary summary,
            Browse browse,
            DropJson drops,
            DropBoard board,
            Feeds feeds,
            RouteSights routes,
            CamelContext camel) {
        this.pages = pages;
        this.summary = summary;
        this.browse = browse;
        this.drops = drops;
        this.board = board;
        this.feeds = feeds;
        this.routes = routes;
        this.camel = camel;
    }

    @GetMapping(path = "/", produces = PageAnswers.HTML)
    String overview(HttpServletRequest request) {
        Frame frame = pages.frame(request, "Overview", "overview", Pages.SLOW);
        Summary.Sight sight = summary.at(frame.now());
        List<GateRow> closed = browse.closedGates();
        LocalDate today = LocalDate.ofInstant(frame.now(), ZoneOffset.UTC);
        return pages.render(
                "overview",
                new OverviewPage(
                        frame,
                        sight,
                        closed.stream()
                                .filter(gate -> !gate.name().startsWith("drop:"))
                                .toList(),
                        DropLine.of(drops.sources(), board, closed, feeds.all()),
                        routes.all(camel),
                        Grid.of(sight.days(), drops.sources().keySet(), today, Summary.DAYS),
                        Spark.of(sight.hours(), frame.now(), Summary.HOURS)));
    }
}
