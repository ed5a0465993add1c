package io.segmentdrop.core.send;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of one request.
 *
 * @param phase how far it got
 * @param bodyWritten whether the whole request body had been written; an answer may come before that
 * @param status the HTTP status; 0 if none was read
 * @param retryAfter the header as it came; null if there was none
 * @param location the header without the key; null if there was none
 * @param body the answer's body decoded as UTF-8, at most 1 MiB of it, to be judged and never kept: it may hold the key; empty
 *     if there was none
 * @param answer what of the answer may be kept
 * @param fault what went wrong on the wire; null if nothing did
 */
public record Observation(
        Phase phase,
        boolean bodyWritten,
        int status,
        @Nullable String retryAfter,
        @Nullable String location,
        String body,
        Answer answer,
        @Nullable WireFault fault) {

    /** One whose answer does not hold the key. */
    public Observation(
            Phase phase,
            boolean bodyWritten,
            int status,
            @Nullable String retryAfter,
            @Nullable String location,
            String body,
            @Nullable WireFault fault) {
        this(phase, bodyWritten, status, retryAfter, location, body, new Answer(status, body), fault);
    }

    /** True if we stopped it, since the program was ending. */
    public boolean isStopped() {
        return is(WireFault.Kind.ENDING);
    }

    boolean is(WireFault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }

    @Nullable
    String faultWords() {
        return fault == null ? null : fault.words();
    }
}
