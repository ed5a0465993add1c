package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.WrittenKey;
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
        Conversation conversation = new Conversation(request, secret());
        exchange.setProperty(Conversation.PROPERTY, conversation);
        exchange.getMessage().setBody(new ApiEntity(conversation));
    }

    private Secret secret() throws NoKeyException {
        return switch (key.look()) {
            case WrittenKey.Usable usable -> new Secret(usable.key());
            case WrittenKey.Unusable unusable -> throw new NoKeyException(key.unusable(unusable.found()));
        };
    }
}
