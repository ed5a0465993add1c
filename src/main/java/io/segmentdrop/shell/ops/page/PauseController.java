package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ops.DropJson;
import io.segmentdrop.shell.ops.Pauses;
import io.segmentdrop.shell.ops.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pausing drops, asked once. */
@RestController
final class PauseController {

    private final Pages pages;
    private final Pauses pauses;
    private final DropJson drops;
    private final DropBoard board;

    PauseController(Pages pages, Pauses pauses, DropJson drops, DropBoard board) {
        this.pages = pages;
        this.pauses = pauses;
        this.drops = drops;
        this.board = board;
    }

    @GetMapping(path = "/drops/{name}/pause", produces = PageAnswers.HTML)
    String askToPause(HttpServletRequest request, @PathVariable String name) {
        return ask(request, name, true);
    }

    @GetMapping(path = "/drops/{name}/resume", produces = PageAnswers.HTML)
    String askToResume(HttpServletRequest request, @PathVariable String name) {
        return ask(request, name, false);
    }

    private String ask(HttpServletRequest request, String name, boolean pause) {
        if (!drops.sources().containsKey(name)) {
            throw Refusal.unknown("the name of a drop", name);
        }
        String title = (pause ? "Pause " : "Resume ") + name;
        boolean replaced = board.isClosed(name, Code.SRC_DIR_REPLACED);
        return pages.render("pause", new PausePage(pages.frame(request, title, "overview", 0), name, pause, replaced));
    }

    @PostMapping("/drops/{name}/pause")
    ResponseEntity<Void> pause(@PathVariable String name, Principal user) {
        pauses.pause(name, user.getName());
        return overview();
    }

    @PostMapping("/drops/{name}/resume")
    ResponseEntity<Void> resume(@PathVariable String name, Principal user) {
        pauses.resume(name, user.getName());
        return overview();
    }

    private static ResponseEntity<Void> overview() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/#drops"))
                .build();
    }
}
