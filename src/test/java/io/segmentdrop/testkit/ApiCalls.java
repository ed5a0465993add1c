package io.segmentdrop.testkit;

import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Calls.Wrong;
import java.net.ConnectException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.jspecify.annotations.Nullable;

/** The steps of the routes that ask the API, each request counted; one of them may go wrong. */
public final class ApiCalls implements InterceptStrategy {

    private final StandInApi api;
    private final Calls calls;

    public ApiCalls(StandInApi api, Calls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode node, Processor target, @Nullable Processor nextTarget) {
        boolean isRequest = node instanceof ToDefinition to
                && camel.resolvePropertyPlaceholders(to.getUri()).startsWith("http");
        return isRequest ? AsyncProcessorConverterHelper.convert(exchange -> ask(exchange, target)) : target;
    }

    private void ask(Exchange exchange, Processor target) throws Exception {
        Wrong wrong = calls.count("api: request");
        if (wrong == Wrong.FAILS) {
            throw new ConnectException("refused");
        }
        if (wrong == Wrong.KILLED) {
            killed(exchange, "a request");
            return;
        }
        if (wrong == Wrong.FAILS_AFTERWARDS) {
            api.next(new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.RESET));
        }
        target.process(exchange);
        if (wrong == Wrong.KILLED_AFTERWARDS) {
            killed(exchange, "an answer");
        }
    }

    /** An error that a processor throws itself leaves its exchange on its way for good. */
    private void killed(Exchange exchange, String what) {
        exchange.setException(calls.kill(what));
    }
}
