package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ops.Summary;
import io.segmentdrop.shell.ops.page.AttentionPage.Group;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holds and dead letters. */
@RestController
final class AttentionController {

    private static final int FIRST = 5;

    private final Pages pages;
    private final Summary summary;
    private final Overview overview;

    AttentionController(Pages pages, Summary summary, Overview overview) {
        this.pages = pages;
        this.summary = summary;
        this.overview = overview;
    }

    @GetMapping(path = "/attention", produces = PageAnswers.HTML)
    String attention(HttpServletRequest request) {
        Frame frame = pages.frame(request, "Attention", "attention", Pages.SLOW);
        Map<Boolean, List<Group>> groups = summary.at(frame.now()).causes().stream()
                .map(cause -> new Group(cause, overview.of(cause.state(), cause.code(), FIRST)))
                .collect(Collectors.partitioningBy(group -> group.cause().state() == ImportState.REJECTED));
        return pages.render(
                "attention",
                new AttentionPage(frame, groups.getOrDefault(false, List.of()), groups.getOrDefault(true, List.of())));
    }
}
