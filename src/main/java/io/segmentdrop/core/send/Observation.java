package io.segmentdrop.core.send;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of one request.
 *
 * @param phase how far it got
 * @param bodyWritten whether the whole request body had been written; an answer may come before that
 * @param status the HTTP status; 0 if none was read
 * @param retryAfter the header as it came; null if there was none
 * @param location the header as it came; null if there was none
 * @param body the answer's body decoded as UTF-8, at most 1 MiB of it; empty if there was none
 * @param fault what went wrong on the wire, in words without addresses of people or keys; null if nothing did
 * @param staged true if the request was stopped by us because the file had changed since it was checked
 */
public record Observation(
        Phase phase,
        boolean bodyWritten,
        int status,
        @Nullable String retryAfter,
        @Nullable String location,
        String body,
        @Nullable String fault,
        boolean staged) {}
