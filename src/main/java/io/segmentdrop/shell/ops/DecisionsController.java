package io.segmentdrop.shell.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.routes.Nudge;
import java.security.Principal;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do with imports. Each request is safe to repeat: the answer is the same and nothing more is done. */
@RestController
@RequestMapping(path = "/api/imports/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class DecisionsController {

    private final Browse browse;
    private final Decisions decisions;
    private final Replay replay;
    private final Nudge nudge;
    private final Clock clock;

    DecisionsController(Browse browse, Decisions decisions, Replay replay, Nudge nudge, Clock clock) {
        this.browse = browse;
        this.decisions = decisions;
        this.replay = replay;
        this.nudge = nudge;
        this.clock = clock;
    }

    @PostMapping("/release")
    Map<String, Object> release(
            @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body, Principal user) {
        Decisions.As as = ActionBody.choice(body, "as", Decisions.As.SEND, Decisions.As::word);
        requireKnown(id);
        Decision decision = decisions.release(id, as, user.getName(), clock.instant());
        return answer("release", decision).put("as", as.word()).map();
    }

    @PostMapping("/discard")
    Map<String, Object> discard(@PathVariable String id, Principal user) {
        requireKnown(id);
        return answer("discard", decisions.discard(id, user.getName(), clock.instant()))
                .map();
    }

    @PostMapping("/replay")
    Map<String, Object> replay(
            @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body, Principal user) {
        Replays.What what = ActionBody.choice(body, "what", Replays.What.REST, Replays.What::word);
        requireKnown(id);
        return answer("replay", replay.of(id, what, user.getName()))
                .put("what", what.word())
                .map();
    }

    private void requireKnown(String id) {
        if (browse.find(id).filter(ImportRow::inCustody).isEmpty()) {
            throw Refusal.unknown("the id of an import", id);
        }
    }

    private JsonObject answer(String action, Decision decision) {
        return switch (decision) {
            case Decision.Refused refused -> throw Refusal.of(refused);
            case Decision.Done done -> {
                nudge.give();
                yield new JsonObject()
                        .put("action", action)
                        .put("import", done.row().id())
                        .put("replayOf", done.row().replayOf())
                        .put("state", done.row().state().partnerWord())
                        .put("final", done.row().state().isFinal())
                        .time("at", done.at())
                        .put("by", done.actor());
            }
        };
    }
}
