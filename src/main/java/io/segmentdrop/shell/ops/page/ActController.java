package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ledger.Overview.Cause;
import io.segmentdrop.shell.ops.Act;
import io.segmentdrop.shell.ops.Acting;
import io.segmentdrop.shell.ops.ImportQuery;
import io.segmentdrop.shell.ops.Refusal;
import io.segmentdrop.shell.ops.Summary;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Asks once, then acts. What is acted upon are the imports that were shown, whatever came since; what was done already is
 * not done again.
 */
@RestController
@RequestMapping(path = "/act", produces = PageAnswers.HTML)
final class ActController {

    /** The most imports of one act. */
    private static final int MOST = 100;

    private final Pages pages;
    private final Acting acting;
    private final Browse browse;
    private final Overview overview;
    private final Summary summary;

    ActController(Pages pages, Acting acting, Browse browse, Overview overview, Summary summary) {
        this.pages = pages;
        this.acting = acting;
        this.browse = browse;
        this.overview = overview;
        this.summary = summary;
    }

    /** Of one import. */
    @GetMapping(params = "id")
    String ask(HttpServletRequest request, @RequestParam("do") String word, @RequestParam String id) {
        return ask(request, Act.of(word), List.of(acting.find(id)), 0, "/imports/" + id);
    }

    /** Of a group, by its state and code. */
    @GetMapping(params = "state")
    String askAll(
            HttpServletRequest request,
            @RequestParam("do") String word,
            @RequestParam String state,
            @RequestParam(required = false, defaultValue = "") String code) {
        ImportState wanted =
                Objects.requireNonNull(ImportQuery.of(Map.of("state", state)).state());
        Code why = code(code);
        Frame frame = pages.frame(request, "", "attention", 0);
        List<ImportRow> rows = overview.of(wanted, why, MOST);
        long all = summary.at(frame.now()).causes().stream()
                .filter(cause -> cause.state() == wanted && cause.code() == why)
                .mapToLong(Cause::number)
                .sum();
        return ask(request, Act.of(word), rows, Math.max(0, all - rows.size()), "/attention");
    }

    private static @Nullable Code code(String name) {
        if (name.isEmpty()) {
            return null;
        }
        return Arrays.stream(Code.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.bad("a known code", Refusal.quoted(name)));
    }

    private String ask(HttpServletRequest request, Act act, List<ImportRow> rows, long others, String back) {
        Map<String, List<ChunkRow>> chunks =
                browse.chunks(rows.stream().map(ImportRow::id).toList());
        return pages.render(
                "act",
                new ActPage(
                        pages.frame(request, act.title(), "attention", 0),
                        act,
                        rows.stream()
                                .map(row -> line(act, row, chunks.getOrDefault(row.id(), List.of())))
                                .toList(),
                        others,
                        back));
    }

    private ActPage.Line line(Act act, ImportRow row, List<ChunkRow> chunks) {
        ActPage.Line line = acting.against(act, row, chunks)
                .map(refused -> Preview.of(row, refused))
                .orElseGet(() -> Preview.of(act, row, chunks));
        return act == Act.REPLAY_ALL
                ? acting.deliveredBy(row).map(by -> line.deliveredBy(by.id())).orElse(line)
                : line;
    }

    /**
     * Acts.
     *
     * @param confirmed the imports that delivered the rows before, each confirmed by a box of its own
     */
    @PostMapping
    String act(
            HttpServletRequest request,
            @RequestParam("do") String word,
            @RequestParam(name = "id") List<String> ids,
            @RequestParam(name = "confirm", required = false, defaultValue = "") Set<String> confirmed,
            Principal user) {
        Act act = Act.of(word);
        List<ActedPage.Line> lines = ids.stream()
                .limit(MOST)
                .distinct()
                .map(id -> new ActedPage.Line(acting.find(id), acting.carryOut(act, id, confirmed, user.getName())))
                .toList();
        String back = lines.size() == 1 ? "/imports/" + lines.getFirst().id() : "/attention";
        return pages.render(
                "acted", new ActedPage(pages.frame(request, act.title(), "attention", 0), act, lines, back));
    }
}
