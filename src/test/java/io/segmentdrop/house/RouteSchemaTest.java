package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route file is valid against the schema that camel-yaml-dsl ships, which is what Kaoto and editors read it with. */
class RouteSchemaTest {

    private static final Path ROUTES = ProjectFiles.ROOT.resolve("routes");
    private static final Schema SCHEMA = schema("camelYamlDsl.json");
    /** Without the short forms, which Camel warns of at each start. */
    private static final Schema LONG_FORM = schema("camelYamlDsl-canonical.json");

    private static List<String> files() {
        return RouteRules.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void theRouteIsValid(String file) {
        String yaml = ProjectFiles.read(ROUTES.resolve(file));
        assertThat(faults(SCHEMA, yaml)).isEmpty();
        // that schema of Camel's wants every data format at once below unmarshal; what is required is the other's to
        // say
        assertThat(faults(LONG_FORM, yaml)).allMatch(fault -> fault.contains("required property"));
    }

    @Test
    void aShortFormIsSeen() {
        String shortForm = """
            - route:
                from:
                  uri: direct:rows
                  steps:
                    - filter:
                        simple: "${body}"
                        steps: [{log: {message: "one"}}]
            """;

        assertThat(faults(SCHEMA, shortForm)).isEmpty();
        assertThat(faults(LONG_FORM, shortForm)).isNotEmpty();
    }

    @Test
    void aTextWhereATruthBelongsIsSeen() {
        String csv = """
            - route:
                from:
                  uri: direct:rows
                  steps:
                    - unmarshal:
                        csv:
                          lazyLoad: "true"
            """;

        assertThat(faults(SCHEMA, csv)).anySatisfy(fault -> assertThat(fault).contains("lazyLoad", "boolean expected"));
        assertThat(faults(SCHEMA, csv.replace("\"true\"", "true"))).isEmpty();
    }

    @Test
    void anUnknownStepIsSeen() {
        assertThat(faults(SCHEMA, "- route: {from: {uri: direct:rows, steps: [{forward: {ref: here}}]}}"))
                .anySatisfy(fault -> assertThat(fault).contains("forward"));
    }

    private static List<String> faults(Schema schema, String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Error::toString)
                .toList();
    }

    private static Schema schema(String name) {
        try (InputStream in = RouteSchemaTest.class.getResourceAsStream("/schema/" + name)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("camel-yaml-dsl's schema cannot be read", e);
        }
    }
}
