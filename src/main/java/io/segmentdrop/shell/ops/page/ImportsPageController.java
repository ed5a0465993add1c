package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.DropJson;
import io.segmentdrop.shell.ops.ImportQuery;
import io.segmentdrop.shell.ops.Sending;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of imports; what is asked for stands in the address, so that a view can be handed on. */
@RestController
final class ImportsPageController {

    private final Pages pages;
    private final Browse browse;
    private final DropJson drops;
    private final Sending sending;

    ImportsPageController(Pages pages, Browse browse, DropJson drops, Sending sending) {
        this.pages = pages;
        this.browse = browse;
        this.drops = drops;
        this.sending = sending;
    }

    @GetMapping(path = "/imports", produces = PageAnswers.HTML)
    String imports(HttpServletRequest request, @RequestParam Map<String, String> parameters) {
        ImportQuery query = ImportQuery.of(parameters);
        List<ImportRow> found =
                browse.imports(query.state(), query.drop(), query.q(), query.before(), query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<ImportRow> shown = more ? found.subList(0, query.limit()) : found;
        boolean moves = shown.stream().anyMatch(row -> row.state() == ImportState.READY);
        return pages.render(
                "imports",
                new ImportsPage(
                        pages.frame(request, "Imports", "imports", moves ? Pages.FAST : Pages.SLOW),
                        lines(shown),
                        drops.sources().keySet(),
                        query.q() == null ? "" : query.q(),
                        query.drop() == null ? "" : query.drop(),
                        query.state(),
                        query.before() == Long.MAX_VALUE,
                        more ? shown.getLast().seq() : 0));
    }

    private List<ImportsPage.Line> lines(List<ImportRow> rows) {
        Map<String, List<ChunkRow>> chunks =
                browse.chunks(rows.stream().map(ImportRow::id).toList());
        return rows.stream()
                .map(row -> new ImportsPage.Line(
                        row,
                        sending.of(row, chunks.getOrDefault(row.id(), List.of()))
                                .orElse(null)))
                .toList();
    }
}
