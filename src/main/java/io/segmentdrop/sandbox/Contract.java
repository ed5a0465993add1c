package io.segmentdrop.sandbox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API's documented answers: importing into a segment, creating one, looking at one. Source: OptiPub's guide to
 * importing by POST and its reference pages.
 */
final class Contract {

    /**
     * A request that was read whole.
     *
     * @param apply what it does, and the answer to it; runs at most once
     */
    record Work(ImportForm form, Supplier<Reply> apply) {

        static Work answer(Reply reply) {
            return new Work(ImportForm.NONE, () -> reply);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> HASH_TYPES = Set.of("none", "md5", "sha256", "sha512");
    private static final Reply UNAUTHENTICATED = Reply.json(401, "{\"message\":\"Unauthenticated.\"}");
    private static final Reply NOT_FOUND = Reply.json(404, "{\"message\":\"Not found.\"}");
    private static final int MAX_CREATE = 64 * 1024;

    private final Account account;
    private volatile String authorization;
    private final Members members;

    /** Accepts this key from now on, and no other. */
    void rotate(String key) {
        authorization = "Bearer " + key;
    }

    Contract(Account account, String key, Members members) {
        this.account = account;
        this.authorization = "Bearer " + key;
        this.members = members;
    }

    /**
     * Reads the body and works out the answer; nothing takes effect before the answer is applied.
     *
     * @throws java.io.EOFException if the body did not come whole
     */
    Work read(Head head, Body body) throws IOException {
        Work work = authorized(head) ? route(head, body) : Work.answer(UNAUTHENTICATED);
        body.drain();
        return work;
    }

    private boolean authorized(Head head) {
        return head.header("authorization").equals(Optional.of(authorization));
    }

    private Work route(Head head, Body body) throws IOException {
        if (head.isCreate()) {
            return create(body);
        }
        Optional<Long> segment = head.segment();
        if (segment.isPresent() && head.isImport()) {
            return importInto(segment.get(), head, body);
        }
        if (segment.isPresent() && head.isLook()) {
            return new Work(ImportForm.NONE, () -> look(segment.get()));
        }
        return Work.answer(NOT_FOUND);
    }

    private Work importInto(long segment, Head head, Body body) throws IOException {
        Optional<String> boundary = head.header("content-type").flatMap(MultipartReader::boundary);
        if (boundary.isEmpty()) {
            return Work.answer(ImportRules.back());
        }
        try {
            ImportForm form = ImportForm.read(body, boundary.get(), members);
            return new Work(form, () -> apply(segment, form));
        } catch (ProtocolException malformed) {
            return Work.answer(ImportRules.back());
        }
    }

    private Reply apply(long segment, ImportForm form) {
        synchronized (account) {
            Optional<Reply> refusal = ImportRules.refusal(form, account.kind(segment));
            if (refusal.isEmpty()) {
                account.apply(segment, form);
            }
            return refusal.orElse(Reply.IMPORT_CREATED);
        }
    }

    private Work create(Body body) throws IOException {
        byte[] json = body.readNBytes(MAX_CREATE + 1);
        JsonNode asked = json.length > MAX_CREATE ? null : parse(json);
        if (asked == null || !creatable(asked)) {
            return Work.answer(ImportRules.back());
        }
        return new Work(ImportForm.NONE, () -> created(asked));
    }

    private static @Nullable JsonNode parse(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private static boolean creatable(JsonNode asked) {
        JsonNode suppression = asked.path("suppression_type");
        boolean typed = suppression.isMissingNode() || suppression.isNull() || isHashType(suppression);
        return !asked.path("name").asText().isBlank()
                && asked.path("description").isTextual()
                && asked.path("publication_id").isIntegralNumber()
                && asked.path("type").asText().equals("static")
                && typed
                && (!isHashType(suppression) || asked.path("is_suppression").asBoolean());
    }

    private static boolean isHashType(JsonNode suppression) {
        return suppression.isTextual() && HASH_TYPES.contains(suppression.asText());
    }

    private Reply created(JsonNode asked) {
        boolean suppression = asked.path("is_suppression").asBoolean();
        Account.Segment segment = account.create(
                asked.path("name").asText(),
                asked.path("description").asText(),
                "static",
                suppression ? asked.path("suppression_type").asText("none") : null);
        ObjectNode answer = envelope("Created segment.");
        answer.putObject("data")
                .put("id", segment.id())
                .put("name", segment.name())
                .put("description", segment.description());
        return Reply.json(201, answer.toString());
    }

    private Reply look(long id) {
        return account.segment(id).map(Contract::shown).orElse(NOT_FOUND);
    }

    private static Reply shown(Account.Segment segment) {
        ObjectNode answer = envelope("");
        answer.putObject("data")
                .put("id", segment.id())
                .put("name", segment.name())
                .put("description", segment.description())
                .put("type", segment.type())
                .put("is_suppression", segment.kind() == Account.Kind.SUPPRESSION)
                .put("suppression_type", segment.suppression());
        return Reply.json(200, answer.toString());
    }

    private static ObjectNode envelope(String message) {
        return JSON.createObjectNode().put("error", false).put("message", message);
    }
}
