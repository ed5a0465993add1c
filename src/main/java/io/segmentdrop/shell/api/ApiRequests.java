package io.segmentdrop.shell.api;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** The bean {@code apiRequest}: makes an exchange's {@link ApiRequest} ready for the http step. */
public final class ApiRequests {

    private final ApiKey key;

    public ApiRequests(ApiKey key) {
        this.key = key;
    }

    /**
     * Replaces the body, an {@link ApiRequest}, by what {@link ApiClient} sends. The key is read anew and reaches neither
     * headers nor properties as text.
     *
     * @throws NoKeyException if there is no key; nothing is sent
     * @throws InvalidPayloadException if the step before left something else; nothing is sent
     */
    public void prepare(Exchange exchange) throws NoKeyException, InvalidPayloadException {
        exchange.removeProperty(Conversation.PROPERTY);
        ApiRequest request = exchange.getMessage().getMandatoryBody(ApiRequest.class);
        Secret secret = key.current().orElseThrow(() -> new NoKeyException("expected an API key, found none"));
        Conversation conversation = new Conversation(request, secret);
        exchange.setProperty(Conversation.PROPERTY, conversation);
        exchange.getMessage().setBody(new ApiEntity(conversation));
    }
}
