package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

/** The description of the JSON is that of the real answers. */
class OpenApiTest extends OperationsServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private JsonNode description() {
        HttpResponse<String> answer = send(request("/api/openapi.yaml").setHeader("Accept", "*/*"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.valueToTree(new Yaml().load(answer.body()));
    }

    @Test
    void everyAddressIsDescribedAndNoOther() {
        Set<String> real = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method ->
                                        real.add(method.name().toLowerCase(java.util.Locale.ROOT) + " " + path))));
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        described.add(entry.getKey() + " " + path.getKey());
                    }
                }));

        assertThat(described).isEqualTo(real).hasSizeGreaterThan(10);
    }

    @Test
    void theAnswersAreAsDescribed() {
        JsonNode description = description();
        write("acme", "described.csv.json", "{\"clear\": false, \"segment\": 128}");
        write("acme", "described.csv", "email\n" + "a@example.com\n".repeat(40) + "nobody\n");
        drop("acme", "nowhere.csv", 1, "\"segment\": 99999");
        String delivered =
                awaitImport("described.csv", "delivered").path("import").textValue();
        String rejected = awaitImport("nowhere.csv", "rejected").path("import").textValue();
        awaitSettled(delivered);
        awaitSettled(rejected);

        holds(description, "Paused", post("/api/drops/gone/pause", ""));
        holds(description, "Drops", get("/api/drops"));
        holds(description, "Paused", post("/api/drops/gone/resume", ""));
        holds(description, "Imports", get("/api/imports?limit=5"));
        holds(description, "Import", get("/api/imports/" + delivered));
        holds(description, "Import", get("/api/imports/" + rejected));
        holds(description, "Attention", get("/api/attention"));
        holds(description, "Done", post("/api/imports/" + delivered + "/replay", "{\"what\": \"all\"}"));
        holds(description, "Overview", get("/api/overview"));
        holds(description, "Problem", get("/api/imports/none"));
        assertThat(ok(get("/api/imports/" + delivered))
                        .path("rejectedRows")
                        .path("rows")
                        .path(0)
                        .path(0)
                        .textValue())
                .isEqualTo("xxxxxx");
    }

    @Test
    void anAnswerThatIsOtherIsSeen() {
        assertThat(faults(description(), "Paused", "{\"action\": \"pause\", \"drop\": \"acme\", \"state\": \"shut\"}"))
                .contains("state");
        assertThat(faults(
                        description(),
                        "Paused",
                        "{\"action\": \"pause\", \"drop\": \"acme\", \"state\": \"open\", \"more\": 1}"))
                .contains("more");
    }

    private static void holds(JsonNode description, String schema, HttpResponse<String> answer) {
        assertThat(faults(description, schema, answer.body())).as(answer.body()).isEqualTo("[]");
    }

    private static String faults(JsonNode description, String schema, String json) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", description.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(json, InputFormat.JSON)
                .toString();
    }
}
