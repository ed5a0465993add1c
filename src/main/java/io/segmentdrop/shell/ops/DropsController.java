package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import java.security.Principal;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The drops as JSON, and pausing them: a paused drop takes and checks, but nothing of it is sent. */
@RestController
@RequestMapping(path = "/api/drops", produces = MediaType.APPLICATION_JSON_VALUE)
final class DropsController {

    private final DropJson json;
    private final Browse browse;
    private final Pauses pauses;

    DropsController(DropJson json, Browse browse, Pauses pauses) {
        this.json = json;
        this.browse = browse;
        this.pauses = pauses;
    }

    /** Every drop of the configuration, and the gates that are closed. */
    @GetMapping
    Map<String, Object> list() {
        return json.all(browse.counts(), browse.closedGates());
    }

    @PostMapping("/{name}/pause")
    Map<String, Object> pause(@PathVariable String name, Principal user) {
        GateRow closed = pauses.pause(name, user.getName());
        return new JsonObject()
                .put("action", "pause")
                .put("drop", name)
                .put("state", "paused")
                .time("at", closed.closedAt())
                .put("by", closed.actor())
                .map();
    }

    @PostMapping("/{name}/resume")
    Map<String, Object> resume(@PathVariable String name, Principal user) {
        pauses.resume(name, user.getName());
        return new JsonObject()
                .put("action", "resume")
                .put("drop", name)
                .put("state", "open")
                .map();
    }
}
