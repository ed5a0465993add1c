package io.segmentdrop.sandbox;

import io.segmentdrop.sandbox.Fault.Effect;
import io.segmentdrop.sandbox.Fault.Manner;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Segment ids whose requests go wrong in one way, for trying out what happens then. Those that end with {@code closes
 * the gate} keep every import waiting, not only their own.
 */
public enum Magic {
    MAINTENANCE_PAGE(
            900200,
            "200 with a page of HTML; closes the gate",
            new Fault.Answered(
                    Effect.NOT_APPLIED, Reply.html(200, "<!DOCTYPE html><title>Down for maintenance</title>"))),
    ERROR_TRUE(
            900201,
            "201 that reports an error",
            Fault.answer(201, "{\"error\":true,\"data\":[],\"message\":\"Import failed.\"}")),
    BACK(900302, "302 to the previous page", Fault.redirect("/messages/segments")),
    LOGIN(900303, "302 to the login page; closes the gate", Fault.redirect("/login")),
    KEY_REJECTED(
            900401,
            "401, as for a key that was revoked; closes the gate",
            Fault.answer(401, "{\"message\":\"Unauthenticated.\"}")),
    FORBIDDEN(900403, "403", Fault.answer(403, "{\"message\":\"This action is unauthorized.\"}")),
    NOT_FOUND(900404, "404", Fault.answer(404, "{\"message\":\"Not found.\"}")),
    TOO_LARGE(
            900413,
            "413",
            new Fault.Answered(
                    Effect.NOT_APPLIED, Reply.html(413, "<!DOCTYPE html><title>413 Content Too Large</title>"))),
    UNPROCESSABLE(
            900422,
            "422",
            Fault.answer(422, "{\"error\":true,\"data\":[],\"message\":\"Invalid subscriptionAction.\"}")),
    THROTTLED(
            900429,
            "429 with Retry-After: 2 the first time for each CSV, then accepted",
            new Fault.FirstTime(new Fault.Answered(
                    Effect.NOT_APPLIED,
                    Reply.json(429, "{\"message\":\"Too Many Attempts.\"}").with("Retry-After", "2")))),
    SERVER_ERROR(900500, "500", Fault.answer(500, "{\"message\":\"Server Error\"}")),
    EFFORT_FAILED(
            900501,
            "500, the campaign effort could not be created",
            Fault.answer(
                    500,
                    "{\"error\":true,\"data\":[],"
                            + "\"message\":\"Campaign effort creation failed while preparing the import\"}")),
    UNAVAILABLE(
            900503,
            "503 with Retry-After: 30; closes the gate",
            new Fault.Answered(
                    Effect.NOT_APPLIED,
                    Reply.html(503, "<!DOCTYPE html><title>503</title>").with("Retry-After", "30"))),
    HANG(
            900598,
            "takes the whole body, applies it and never answers; closes the gate",
            new Fault.Unanswered(Effect.APPLIED, Manner.STALL)),
    CUT(
            900599,
            "takes the whole body, applies it and cuts the connection",
            new Fault.Unanswered(Effect.APPLIED, Manner.CLOSE));

    private final long id;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // records of texts and numbers
    private final Fault fault;

    Magic(long id, String meaning, Fault fault) {
        this.id = id;
        this.meaning = meaning;
        this.fault = fault;
    }

    /** The segment's id. */
    public long id() {
        return id;
    }

    /** What happens, in a clause. */
    public String meaning() {
        return meaning;
    }

    Fault fault() {
        return fault;
    }

    static Map<Long, Fault> byId() {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Magic::id, Magic::fault));
    }
}
