package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The bean {@code apiAnswer}: says what was seen of the request, whether the http step returned or threw. */
public final class ApiAnswers {

    /** Puts the {@link Observation} into the body, and removes every header, those for the http step and those that it left. */
    public void observe(Exchange exchange) {
        Conversation conversation = exchange.getProperty(Conversation.PROPERTY, Conversation.class);
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.removeProperty(Conversation.PROPERTY);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(conversation == null ? unsent(caught) : conversation.observation());
    }

    private static Observation unsent(@Nullable Exception caught) {
        String fault = caught == null ? "the request was not sent" : Faults.inWords(caught);
        return new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", WireFault.of(fault));
    }
}
