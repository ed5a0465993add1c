package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;

/** What Camel's tools and Kaoto know of {@code ledger:} is what the endpoint has. */
class LedgerMetadataTest {

    private static final String FILE = "/META-INF/io/segmentdrop/shell/routes/ledger.json";

    /** One option as both sides tell it. */
    private record Option(String name, boolean required, String javaType, String defaultValue, String description) {}

    @Test
    void theFileTellsTheOptionsOfTheEndpoint() throws IOException {
        List<Option> told = new ArrayList<>();
        json().path("properties")
                .properties()
                .forEach(option -> told.add(new Option(
                        option.getKey(),
                        option.getValue().path("required").asBoolean(),
                        option.getValue().path("javaType").asText().replaceAll(".*\\.", ""),
                        option.getValue().path("defaultValue").asText(),
                        option.getValue().path("description").asText())));

        assertThat(told).containsExactlyInAnyOrderElementsOf(options());
    }

    @Test
    void theFileTellsTheEndpoint() throws IOException {
        UriEndpoint endpoint = LedgerEndpoint.class.getAnnotation(UriEndpoint.class);
        JsonNode component = json().path("component");

        assertThat(component.path("scheme").asText()).isEqualTo(endpoint.scheme());
        assertThat(component.path("syntax").asText()).isEqualTo(endpoint.syntax());
        assertThat(component.path("consumerOnly").asBoolean()).isEqualTo(endpoint.consumerOnly());
        assertThat(component.path("javaType").asText()).isEqualTo(LedgerComponent.class.getName());
    }

    @Test
    void camelKnowsTheOptions() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(camel.hasComponent("ledger")).isNull();
            assertThat(camel.getComponent("ledger")).isInstanceOf(LedgerComponent.class);
            RuntimeCamelCatalog catalog = Objects.requireNonNull(
                    camel.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class));

            assertThat(catalog.endpointProperties("ledger:send?workers=4"))
                    .containsOnly(Map.entry("work", "send"), Map.entry("workers", "4"));
            assertThat(valid(catalog, Map.of("work", "send", "workers", "4")).isSuccess())
                    .isTrue();
            assertThat(valid(catalog, Map.of("work", "send", "wrokers", "4")).getUnknown())
                    .containsExactly("wrokers");
            assertThat(valid(catalog, Map.of("work", "sned")).getInvalidEnum()).containsKey("work");
        }
    }

    private static EndpointValidationResult valid(RuntimeCamelCatalog catalog, Map<String, String> options) {
        return catalog.validateProperties("ledger", options);
    }

    private static JsonNode json() throws IOException {
        try (InputStream in = LedgerMetadataTest.class.getResourceAsStream(FILE)) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (Field field : LedgerEndpoint.class.getDeclaredFields()) {
            UriPath path = field.getAnnotation(UriPath.class);
            UriParam parameter = field.getAnnotation(UriParam.class);
            String type = field.getType().getSimpleName();
            if (path != null) {
                boolean required = field.getAnnotation(Metadata.class).required();
                options.add(new Option(field.getName(), required, type, "", path.description()));
            } else if (parameter != null) {
                options.add(
                        new Option(field.getName(), false, type, parameter.defaultValue(), parameter.description()));
            }
        }
        return options;
    }
}
