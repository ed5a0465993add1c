package io.segmentdrop.shell.api;

import java.util.concurrent.Executor;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request as HTTP has it.
 *
 * @param method GET or POST
 * @param path below the API's base address
 * @param entity the body; null if there is none
 */
record ApiCall(String method, String path, @Nullable HttpEntity entity) {

    private static final String SEGMENTS = "/api/3.2/messages/segments";

    /** The request; a large body is hashed by {@code hashing} while it is written. */
    static ApiCall of(ApiRequest request, Executor hashing) {
        return switch (request) {
            case ApiRequest.Import i ->
                new ApiCall(
                        "POST",
                        SEGMENTS + "/" + i.segment() + "/import",
                        new ImportEntity(i.fields(), i.slice(), i.progress(), hashing));
            case ApiRequest.CreateSegment c -> new ApiCall("POST", SEGMENTS, new JsonEntity(c.json(), c.progress()));
            case ApiRequest.AskSegment a -> new ApiCall("GET", SEGMENTS + "/" + a.segment(), null);
        };
    }
}
