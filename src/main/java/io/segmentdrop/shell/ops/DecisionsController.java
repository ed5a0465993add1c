package io.segmentdrop.shell.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Replays;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
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

    private static final String CONFIRM = "confirm";

    private final Acting acting;

    DecisionsController(Acting acting) {
        this.acting = acting;
    }

    @PostMapping("/release")
    Map<String, Object> release(
            @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body, Principal user) {
        Decisions.As as = ActionBody.choice(body, "as", Decisions.As.SEND, Decisions.As::word);
        Act act = as == Decisions.As.SEND ? Act.RELEASE : Act.ACCEPT;
        return answer("release", acting.carryOut(act, id, Set.of(), user.getName()))
                .put("as", as.word())
                .map();
    }

    @PostMapping("/discard")
    Map<String, Object> discard(@PathVariable String id, Principal user) {
        return answer("discard", acting.carryOut(Act.DISCARD, id, Set.of(), user.getName()))
                .map();
    }

    @PostMapping("/replay")
    Map<String, Object> replay(
            @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body, Principal user) {
        Replays.What what = ActionBody.choice(body, "what", Replays.What.REST, Replays.What::word, CONFIRM);
        String confirmed = ActionBody.text(body, CONFIRM);
        if (confirmed != null && what != Replays.What.ALL) {
            throw Refusal.bad("\"what\": \"all\" beside \"" + CONFIRM + "\"", "\"what\": \"" + what.word() + "\"");
        }
        Act act = what == Replays.What.REST ? Act.REPLAY_REST : Act.REPLAY_ALL;
        Set<String> known = confirmed == null ? Set.of() : Set.of(confirmed);
        return answer("replay", acting.carryOut(act, id, known, user.getName()))
                .put("what", what.word())
                .map();
    }

    private static JsonObject answer(String action, Decision decision) {
        return switch (decision) {
            case Decision.Refused refused -> throw Refusal.of(refused);
            case Decision.Done done ->
                new JsonObject()
                        .put("action", action)
                        .put("import", done.row().id())
                        .put("replayOf", done.row().replayOf())
                        .put("state", done.row().state().partnerWord())
                        .put("final", done.row().state().isFinal())
                        .time("at", done.at())
                        .put("by", done.actor());
        };
    }
}
