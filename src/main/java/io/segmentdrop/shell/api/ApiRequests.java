package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.WrittenKey;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/**
 * The bean {@code apiRequest}: makes an exchange's {@link ApiRequest} ready for the http step. The body becomes the entity that is
 * sent; the variables {@code method} and {@code path} say what the route writes into the headers that the http step reads.
 */
public final class ApiRequests {

    private final ApiKey key;
    private final Executor hashing;

    /** @param hashing works out the hashes of large bodies beside the threads that write them */
    public ApiRequests(ApiKey key, Executor hashing) {
        this.key = key;
        this.hashing = hashing;
    }

    /**
     * Replaces the body, an {@link ApiRequest}, by what is sent. The key is read anew and reaches neither headers nor
     * properties as text.
     *
     * @throws NoKeyException if there is no key; nothing is sent
     * @throws InvalidPayloadException if the step before left something else; nothing is sent
     */
    public void prepare(Exchange exchange) throws NoKeyException, InvalidPayloadException {
        exchange.removeProperty(Conversation.PROPERTY);
        ApiRequest request = exchange.getMessage().getMandatoryBody(ApiRequest.class);
        Conversation conversation = new Conversation(request, secret());
        exchange.setProperty(Conversation.PROPERTY, conversation);
        ApiCall call = ApiCall.of(request, hashing);
        exchange.setVariable("method", call.method());
        exchange.setVariable("path", call.path());
        exchange.getMessage().setBody(new ApiEntity(conversation, call.entity()));
    }

    private Secret secret() throws NoKeyException {
        return switch (key.look()) {
            case WrittenKey.Usable usable -> new Secret(usable.key());
            case WrittenKey.Unusable unusable -> throw new NoKeyException(key.unusable(unusable.found()));
        };
    }
}
