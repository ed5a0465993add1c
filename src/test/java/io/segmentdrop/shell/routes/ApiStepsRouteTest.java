package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.shell.api.ApiRequest;
import java.net.ConnectException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;

/** {@code 31-api}: what the route says to its http step, and what is seen when that step fails. */
class ApiStepsRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("api", route -> route.weaveById("http").replace().to("mock:http"));
    }

    private Exchange ask(ApiRequest request) {
        return camel.createFluentProducerTemplate()
                .to("direct:api")
                .withBody(request)
                .withHeaders(Map.of("CamelHttpUri", "http://elsewhere", "Authorization", "Bearer other", "x-evil", "1"))
                .send();
    }

    @Test
    void methodAndPathAreTheRoutesAndNothingElseIsThere() {
        ask(new ApiRequest.CreateSegment("{}"));
        ask(new ApiRequest.AskSegment(7));

        assertThat(mock("http").getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getHeaders())
                .containsExactly(
                        Map.of(
                                "CamelHttpMethod", "POST",
                                "CamelHttpPath", "/api/3.2/messages/segments",
                                "Accept", "application/json"),
                        Map.of(
                                "CamelHttpMethod", "GET",
                                "CamelHttpPath", "/api/3.2/messages/segments/7",
                                "Accept", "application/json"));
        HttpEntity created = body(mock("http").getReceivedExchanges().getFirst(), HttpEntity.class);
        assertThat(created.getContentType()).isEqualTo("application/json");
        assertThat(created.getContentLength()).isEqualTo(2);
    }

    @Test
    void aFaultOfTheNetworkIsSeenAndThrowsNothing() {
        failNext("http", new ConnectException("refused"));
        Exchange asked = ask(new ApiRequest.AskSegment(7));
        assertThat(asked.getException()).isNull();
        assertThat(body(asked, Observation.class).phase()).isEqualTo(Phase.NOTHING_WRITTEN);
        assertThat(asked.getMessage().getHeaders()).isEmpty();
    }
}
