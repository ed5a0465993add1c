package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.WireFault;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** The http step as the route {@code api} has it, in a Camel context of its own. */
final class ApiRoute implements AutoCloseable {

    static final String TOKEN = "canary-token-7c1f";
    static final Deadlines SHORT =
            new Deadlines(Duration.ofMillis(600), Duration.ofMillis(600), Duration.ofMillis(600));
    static final Deadlines LONG = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ApiClient client;

    ApiRoute(String baseUrl, Deadlines deadlines) {
        this(baseUrl, deadlines, ApiKey.ofToken(TOKEN), ApiTls.ofTheMachine());
    }

    ApiRoute(String baseUrl, Deadlines deadlines, ApiKey key, ApiTls tls) {
        client = new ApiClient(deadlines, tls);
        Properties properties = new Properties();
        properties.setProperty("segment-drop.api.base-url", baseUrl);
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.getRegistry().bind("apiClient", client);
        camel.getRegistry().bind("apiRequest", new ApiRequests(key, Runnable::run));
        camel.getRegistry().bind("apiAnswer", new ApiAnswers());
        start();
    }

    private void start() {
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/31-api.camel.yaml"));
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fault of the wire in these words; null if there are none. */
    static @Nullable WireFault fault(@Nullable String words) {
        return words == null ? null : WireFault.of(words);
    }

    Observation send(ApiRequest request) {
        return Objects.requireNonNull(exchange(request, Map.of()).getMessage().getBody(Observation.class));
    }

    Exchange exchange(Object body, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate()
                .to("direct:api")
                .withBody(body)
                .withHeaders(headers)
                .send();
    }

    /** As the program does when it ends. */
    void end(Duration wait) {
        client.end(wait);
    }

    void trust(ApiTls other) {
        client.trust(other);
    }

    @Override
    public void close() {
        camel.stop();
        client.close();
    }
}
