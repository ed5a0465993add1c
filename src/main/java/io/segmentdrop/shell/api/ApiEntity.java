package io.segmentdrop.shell.api;

import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.NullEntity;
import org.jspecify.annotations.Nullable;

/**
 * The body that the route hands to the http step. Beside what is sent it carries the conversation past all headers down to
 * {@link ApiClient}; a question has nothing else in it.
 */
final class ApiEntity extends HttpEntityWrapper {

    private final Conversation conversation;

    private final @Nullable HttpEntity sent;

    ApiEntity(Conversation conversation, @Nullable HttpEntity sent) {
        super(sent == null ? NullEntity.INSTANCE : sent);
        this.conversation = conversation;
        this.sent = sent;
    }

    /** What goes out; null if the request has no body. */
    @Nullable
    HttpEntity sent() {
        return sent;
    }

    Conversation conversation() {
        return conversation;
    }

    @Override
    public String toString() {
        return "request to the API";
    }
}
