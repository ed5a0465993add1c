package io.segmentdrop.shell.api;

import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.NullEntity;

/**
 * The body that the route hands to the http step: empty but for the conversation, which it carries past all headers down to
 * {@link ApiClient}.
 */
final class ApiEntity extends HttpEntityWrapper {

    private final Conversation conversation;

    ApiEntity(Conversation conversation) {
        super(NullEntity.INSTANCE);
        this.conversation = conversation;
    }

    Conversation conversation() {
        return conversation;
    }

    @Override
    public String toString() {
        return "request to the API";
    }
}
