package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.receipt.Receipt;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ops.Act;
import io.segmentdrop.shell.ops.Acting;
import io.segmentdrop.shell.ops.ImportJson;
import io.segmentdrop.shell.ops.RejectedRows;
import io.segmentdrop.shell.ops.Sending;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page of one import: how far it is, everything that happened to it, and what can be done. */
@RestController
final class ImportPageController {

    private final Pages pages;
    private final Acting acting;
    private final Browse browse;
    private final Overview overview;
    private final Events events;
    private final Sending sending;
    private final ImportJson json;
    private final Downloads downloads;
    private final ProducerTemplate camel;

    ImportPageController(
            Pages pages,
            Acting acting,
            Browse browse,
            Overview overview,
            Events events,
            Sending sending,
            ImportJson json,
            Downloads downloads,
            ProducerTemplate camel) {
        this.pages = pages;
        this.acting = acting;
        this.browse = browse;
        this.overview = overview;
        this.events = events;
        this.sending = sending;
        this.json = json;
        this.downloads = downloads;
        this.camel = camel;
    }

    @GetMapping(path = "/imports/{id}", produces = PageAnswers.HTML)
    String one(HttpServletRequest request, @PathVariable String id) {
        ImportRow row = acting.find(id);
        List<ChunkRow> chunks = browse.chunks(id);
        Receipt receipt = json.receipt(row, chunks);
        Frame frame = pages.frame(request, row.fileName(), "imports", every(row));
        return pages.render(
                "import",
                new ImportPage(
                        frame,
                        row,
                        receipt.cause() == null ? "" : receipt.cause().message(),
                        receipt.cause() == null ? "" : receipt.cause().code().remedy(),
                        receipt.next(),
                        json.untold(row)
                                .map(why -> why.reason() + "; " + why.code().remedy())
                                .orElse(""),
                        json.folder(row),
                        sending.of(row, chunks).orElse(null),
                        chunks,
                        Timeline.of(events.of(id), browse.attempts(id)),
                        options(receipt),
                        receipt.problems(),
                        receipt.warnings(),
                        RejectedRows.of(row, camel),
                        overview.replays(id),
                        frame.operator() ? downloads.of(row) : List.of(),
                        frame.operator() ? Act.of(row.state()) : List.of()));
    }

    /** An import that has ended changes no more, but for its receipt and its replays. */
    private static int every(ImportRow row) {
        return row.state().isFinal() ? 0 : row.state() == ImportState.READY ? Pages.FAST : Pages.SLOW;
    }

    private static List<ImportPage.Option> options(Receipt receipt) {
        return receipt.toMap().get("options") instanceof Map<?, ?> options
                ? options.entrySet().stream()
                        .map(option -> option(String.valueOf(option.getKey()), (Map<?, ?>) option.getValue()))
                        .toList()
                : List.of();
    }

    private static ImportPage.Option option(String name, Map<?, ?> option) {
        return new ImportPage.Option(name, String.valueOf(option.get("value")), String.valueOf(option.get("from")));
    }
}
