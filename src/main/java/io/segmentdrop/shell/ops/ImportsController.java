package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Overview;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The imports of the ledger as JSON. */
@RestController
@RequestMapping(path = "/api/imports", produces = MediaType.APPLICATION_JSON_VALUE)
final class ImportsController {

    private final Browse browse;
    private final ImportJson json;
    private final Overview overview;
    private final Acting acting;
    private final ProducerTemplate camel;

    ImportsController(Browse browse, ImportJson json, Overview overview, Acting acting, ProducerTemplate camel) {
        this.browse = browse;
        this.acting = acting;
        this.json = json;
        this.overview = overview;
        this.camel = camel;
    }

    /** The newest first; {@code next}, if there are more, is the {@code before} of the following request. */
    @GetMapping
    Map<String, Object> list(@RequestParam Map<String, String> parameters) {
        ImportQuery query = ImportQuery.of(parameters);
        List<ImportRow> found =
                browse.imports(query.state(), query.drop(), query.q(), query.before(), query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<ImportRow> shown = more ? found.subList(0, query.limit()) : found;
        return new JsonObject()
                .put("imports", json.lines(shown))
                .put("next", more ? Long.toString(shown.getLast().seq()) : null)
                .map();
    }

    /** The receipt's shape and what only operations see: chunks, attempts, events and where the files lie. */
    @GetMapping("/{id}")
    Map<String, Object> one(@PathVariable String id) {
        return browse.find(id)
                .filter(ImportRow::inCustody)
                .map(this::whole)
                .orElseThrow(() -> Refusal.unknown("the id of an import", id));
    }

    private Map<String, Object> whole(ImportRow row) {
        RejectedRows.Shown rejects = RejectedRows.of(row, camel);
        return new JsonObject(json.whole(row))
                .put(
                        "replays",
                        overview.replays(row.id()).stream().map(ImportRow::id).toList())
                .put("deliveredBy", acting.deliveredBy(row).map(ImportRow::id).orElse(null))
                .put("rejectedRows", rejects.columns().isEmpty() ? null : rejects)
                .map();
    }
}
