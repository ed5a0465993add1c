package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.Fault;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations can do; each is done twice, and is done once. */
class OperationsActTest extends OperationsServer {

    private static final Fault NOT_FOUND = Fault.answer(404, "{\"message\":\"Not found.\"}");
    private static final Fault REFUSED = Fault.answer(422, "{\"message\":\"row2@example.com is wrong.\"}");
    private static final Fault CUT = new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.RESET);

    @Test
    void aHeldImportIsSentWhenItIsReleased() {
        API.forSegment(110, NOT_FOUND);
        String id = held("released.csv", 110, "");

        JsonNode first = ok(post("/api/imports/" + id + "/release", "{\"as\": \"send\"}"));
        assertThat(first.path("by").textValue()).isEqualTo("alice");
        awaitState(id, "delivered");
        JsonNode second = ok(post("/api/imports/" + id + "/release", ""));

        assertThat(second.path("at")).isEqualTo(first.path("at"));
        assertThat(second.path("state").textValue()).isEqualTo("delivered");
        assertThat(events(id)).containsOnlyOnce("released send alice");
        assertThat(API.account().size(110)).isEqualTo(1);
        assertThat(problem(post("/api/imports/" + id + "/release", "{\"as\": \"accepted\"}"), 409))
                .isEqualTo("expected a held import, found one that is delivered; nothing is held up by this import");
    }

    @Test
    void whatIsInDoubtIsNotSentAgainWhenAPersonSaysThatItIsThere() {
        API.forSegment(111, CUT);
        String id = held("doubt.csv", 111, ", \"activeStatus\": true, \"sourceCampaign\": 90");
        assertThat(whole(id).path("chunks").path(0).path("state").textValue()).isEqualTo("in_doubt");

        JsonNode first = ok(post("/api/imports/" + id + "/release", "{\"as\": \"accepted\"}"));
        JsonNode second = ok(post("/api/imports/" + id + "/release", "{\"as\": \"accepted\"}"));

        assertThat(first.path("state").textValue()).isEqualTo("delivered");
        assertThat(second).isEqualTo(first);
        JsonNode whole = awaitState(id, "delivered");
        assertThat(whole.path("attempts")).hasSize(1);
        assertThat(whole.path("rows").path("sent").intValue()).isEqualTo(1);
        assertThat(events(id)).containsOnlyOnce("released accepted: chunk 1 alice");
    }

    @Test
    void aDiscardedImportIsADeadLetterAndFreesItsLane() {
        API.forSegment(112, NOT_FOUND);
        String id = held("discarded.csv", 112, "");
        drop("acme", "behind.csv", 2, "\"segment\": 112");
        awaitImport("behind.csv", "waiting");

        JsonNode first = ok(post("/api/imports/" + id + "/discard", ""));
        JsonNode second = ok(post("/api/imports/" + id + "/discard", "{}"));

        assertThat(first.path("state").textValue()).isEqualTo("discarded");
        assertThat(second).isEqualTo(first);
        assertThat(events(id)).containsOnlyOnce("discarded DISCARDED_BY_PERSON: a person discarded the import alice");
        JsonNode behind = awaitImport("behind.csv", "delivered");
        assertThat(problem(post("/api/imports/" + behind.path("import").textValue() + "/discard", ""), 409))
                .isEqualTo(
                        "expected an import that has not ended, found one that is delivered; nothing of it is sent any"
                                + " more");
        awaitSettled(id);
        assertThat(whole(id).path("folder").textValue()).isEqualTo("dead-letter/acme/" + id);
    }

    @Test
    void nothingIsDiscardedWhileItIsSent() {
        API.forSegment(113, new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.STALL));
        drop("acme", "stalled.csv", 1, "\"segment\": 113");
        await(() -> assertThat(API.stalled()).isEqualTo(1));
        String id = awaitImport("stalled.csv", "waiting").path("import").textValue();

        assertThat(problem(post("/api/imports/" + id + "/discard", ""), 409))
                .isEqualTo(
                        "expected an import without an open request, found one that is being sent; try again when the"
                                + " open request has ended");
        API.release();
        awaitState(id, "delivered");
    }

    @Test
    void theRestOfAnUndeliverableImportIsSentByItsReplay() {
        API.forSegment(114, Fault.NONE, REFUSED);
        drop("acme", "partly.csv", 5, "\"segment\": 114");
        String id = awaitImport("partly.csv", "undeliverable").path("import").textValue();
        awaitSettled(id);
        assertThat(whole(id).path("attempts").path(1).path("answer").textValue())
                .isEqualTo("{\"message\":\"(an address) is wrong.\"}");

        JsonNode first = ok(post("/api/imports/" + id + "/replay", ""));
        JsonNode again = ok(post("/api/imports/" + id + "/replay", "{\"what\": \"rest\"}"));
        String replay = first.path("import").textValue();
        JsonNode whole = awaitState(replay, "delivered");

        assertThat(again.path("import").textValue()).isEqualTo(replay);
        assertThat(whole.path("replayOf").textValue()).isEqualTo(id);
        assertThat(whole.path("chunks")).hasSize(2);
        assertThat(whole.path("chunks").path(0).path("number").intValue()).isEqualTo(1);
        assertThat(whole.path("rows").path("sent").intValue()).isEqualTo(3);
        assertThat(API.account().size(114)).isEqualTo(5);
        assertThat(events(replay)).contains("replay rest of " + id + " alice");
        assertThat(events(id)).contains("replayed rest as " + replay + " alice");
        assertThat(ok(post("/api/imports/" + id + "/replay", "")).path("import").textValue())
                .isEqualTo(replay);
        assertThat(ok(get("/api/imports?q=partly.csv")).path("imports")).hasSize(2);
    }

    @Test
    void aDeliveredImportIsReplayedOnlyWhole() {
        drop("acme", "twice.csv", 3, "\"segment\": 115");
        String id = awaitImport("twice.csv", "delivered").path("import").textValue();
        awaitSettled(id);

        assertThat(problem(post("/api/imports/" + id + "/replay", ""), 409))
                .isEqualTo("expected chunks that were not accepted, found none; {\"what\": \"all\"} sends every chunk"
                        + " again");
        String replay = ok(post("/api/imports/" + id + "/replay", "{\"what\": \"all\"}"))
                .path("import")
                .textValue();
        assertThat(awaitState(replay, "delivered").path("chunks")).hasSize(2);
        assertThat(API.account().applied(115)).hasSize(4);
    }

    @Test
    void whatALaterReplayDeliveredIsSentAgainOnlyByName() {
        API.forSegment(116, REFUSED, REFUSED);
        drop("acme", "thrice.csv", 1, "\"segment\": 116, \"activeStatus\": true, \"sourceCampaign\": 90");
        String first = awaitImport("thrice.csv", "undeliverable").path("import").textValue();
        awaitSettled(first);
        String second = replayed(first, "{}");
        awaitState(second, "undeliverable");
        awaitSettled(second);
        String third = replayed(second, "{}");
        awaitState(third, "delivered");

        String sentence = "expected rows that no later replay has delivered, found import " + third
                + ", which delivered them; {\"what\": \"all\", \"confirm\": \"" + third
                + "\"} sends every chunk again";
        for (String body : List.of("", "{\"what\": \"rest\"}", "{\"what\": \"all\"}")) {
            HttpResponse<String> answer = post("/api/imports/" + first + "/replay", body);
            assertThat(problem(answer, 409)).isEqualTo(sentence);
            assertThat(json(answer).path("deliveredBy").textValue()).isEqualTo(third);
        }
        assertThat(whole(first).path("deliveredBy").textValue()).isEqualTo(third);
        assertThat(problem(post("/api/imports/" + first + "/replay", "{\"confirm\": \"" + third + "\"}"), 400))
                .isEqualTo("expected \"what\": \"all\" beside \"confirm\", found \"what\": \"rest\"");
        assertThat(API.account().applied(116)).hasSize(1);

        String fourth = replayed(first, "{\"what\": \"all\", \"confirm\": \"" + third + "\"}");
        awaitState(fourth, "delivered");
        assertThat(replayed(first, "{\"what\": \"all\", \"confirm\": \"" + third + "\"}"))
                .isEqualTo(fourth);
        assertThat(API.account().applied(116)).hasSize(2);
    }

    private String replayed(String id, String body) {
        return ok(post("/api/imports/" + id + "/replay", body)).path("import").textValue();
    }

    @Test
    void aRejectedImportIsCheckedAnew() {
        drop("acme", "wrong.csv", 1, "\"segment\": 99999");
        String id = awaitImport("wrong.csv", "rejected").path("import").textValue();
        awaitSettled(id);

        String replay =
                ok(post("/api/imports/" + id + "/replay", "")).path("import").textValue();

        assertThat(awaitState(replay, "rejected").path("code").textValue()).isEqualTo("POLICY_SEGMENT_FORBIDDEN");
        assertThat(events(replay).getFirst()).isEqualTo("replay all of " + id + " alice");
    }

    @Test
    void aPausedDropSendsNothingUntilItIsResumed() {
        JsonNode first = ok(post("/api/drops/quiet/pause", ""));
        JsonNode second = ok(post("/api/drops/quiet/pause", ""));
        drop("quiet", "paused.csv", 1, "\"segment\": 700");
        JsonNode waiting = awaitImport("paused.csv", "waiting");
        JsonNode drops = ok(get("/api/drops"));

        assertThat(second).isEqualTo(first);
        assertThat(first.path("by").textValue()).isEqualTo("alice");
        assertThat(drops.path("drops").path(1).path("state").textValue()).isEqualTo("paused");
        assertThat(drops.path("gates").path(0).path("name").textValue()).isEqualTo("drop:quiet");
        assertThat(waiting.path("next").textValue())
                .isEqualTo(
                        "sending waits, since a person paused the drop; it goes on by itself when that is mended, and"
                                + " you need do nothing");
        assertThat(API.account().size(700)).isZero();

        JsonNode open = ok(post("/api/drops/quiet/resume", ""));
        assertThat(ok(post("/api/drops/quiet/resume", ""))).isEqualTo(open);
        awaitImport("paused.csv", "delivered");
        assertThat(problem(post("/api/drops/nobody/pause", ""), 404))
                .isEqualTo("expected the name of a drop, found \"nobody\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        release | {"as": "later"}          | 400 | expected {"as": "send" or "accepted"}, found "later"
        release | {"as": 1}                | 400 | expected {"as": "send" or "accepted"}, found "1"
        release | {"what": "rest"}         | 400 | expected {"as": "send" or "accepted"}, found the key "what"
        release | []                       | 400 | expected {"as": "send" or "accepted"}, found JSON that is no object
        replay  | {"what": "everything"}   | 400 | expected {"what": "rest" or "all"}, found "everything"
        replay  | {"what": "all", "confirm": 1} | 400 | expected {"confirm": "ID"}, found "1"
        replay  | {"what"                  | 400 | expected a JSON object, or no body, found a body that is no JSON
        replay  | {}                       | 404 | expected the id of an import, found "nobody"
        discard | {}                       | 404 | expected the id of an import, found "nobody"
        release | {}                       | 404 | expected the id of an import, found "nobody"
        """)
    void aRequestThatIsNotUnderstoodChangesNothing(String action, String body, int status, String problem) {
        assertThat(problem(post("/api/imports/nobody/" + action, body), status)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/imports/x/release",
                "/api/imports/x/discard",
                "/api/imports/x/replay",
                "/api/drops/acme/pause",
                "/api/drops/acme/resume"
            })
    void onlyWhoIsSignedInActsAndNoForeignPage(String path) {
        HttpResponse<String> foreign = send(posting(request(path), "{}").header("Origin", "https://evil.example"));

        assertThat(send(posting(anonymous(path), "{}")).statusCode()).isEqualTo(401);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(get(path).statusCode()).isEqualTo(405);
        assertThat(get("/api/drops").body()).doesNotContain("drop:acme");
    }

    private String held(String file, int segment, String members) {
        drop("acme", file, 1, "\"segment\": " + segment + members);
        return awaitImport(file, "held").path("import").textValue();
    }

    private List<String> events(String id) {
        List<String> events = new ArrayList<>();
        whole(id)
                .path("events")
                .forEach(event -> events.add(event.path("kind").textValue() + " "
                        + event.path("detail").textValue() + " "
                        + event.path("actor").textValue()));
        return events;
    }
}
