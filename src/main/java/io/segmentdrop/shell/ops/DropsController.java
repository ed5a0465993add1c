package io.segmentdrop.shell.ops;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.Nudge;
import java.security.Principal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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

    private final Drops drops;
    private final DropJson json;
    private final Browse browse;
    private final Gates gates;
    private final Nudge nudge;
    private final Clock clock;

    DropsController(Drops drops, DropJson json, Browse browse, Gates gates, Nudge nudge, Clock clock) {
        this.drops = drops;
        this.json = json;
        this.browse = browse;
        this.gates = gates;
        this.nudge = nudge;
        this.clock = clock;
    }

    /** Every drop of the configuration, and the gates that are closed. */
    @GetMapping
    Map<String, Object> list() {
        return json.all(browse.counts(), browse.closedGates());
    }

    @PostMapping("/{name}/pause")
    Map<String, Object> pause(@PathVariable String name, Principal user) {
        String gate = gate(name);
        Optional<GateRow> before = gates.find(gate);
        if (before.isEmpty() || before.get().code() != Code.DROP_PAUSED) {
            gates.close(gate, Code.DROP_PAUSED, sentence(), user.getName(), clock.instant());
        }
        GateRow closed = gates.find(gate).orElseThrow();
        return new JsonObject()
                .put("action", "pause")
                .put("drop", name)
                .put("state", "paused")
                .time("at", closed.closedAt())
                .put("by", closed.actor())
                .map();
    }

    private static String sentence() {
        return Code.DROP_PAUSED.meaning() + "; " + Code.DROP_PAUSED.remedy() + ".";
    }

    @PostMapping("/{name}/resume")
    Map<String, Object> resume(@PathVariable String name, Principal user) {
        gates.open(gate(name), user.getName(), clock.instant());
        json.resume(name);
        nudge.give();
        return new JsonObject()
                .put("action", "resume")
                .put("drop", name)
                .put("state", "open")
                .map();
    }

    private String gate(String drop) {
        if (drops.find(drop).isEmpty()) {
            throw Refusal.unknown("the name of a drop", drop);
        }
        return Gates.ofDrop(drop);
    }
}
