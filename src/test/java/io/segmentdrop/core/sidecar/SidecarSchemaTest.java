package io.segmentdrop.core.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the published JSON Schema against the parser, which is the one that decides. */
class SidecarSchemaTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(
            Objects.requireNonNull(SidecarSchemaTest.class.getResourceAsStream("/schema/sidecar.schema.json")));
    private static final JsonNode ROOT = SCHEMA.getSchemaNode();

    static List<List<String>> documents() {
        return Tables.lines("/catalogue/sidecar-schema.txt");
    }

    static Stream<String> examples() {
        return Stream.concat(
                ROOT.get("examples").valueStream().map(JsonNode::toString),
                ROOT.get("properties")
                        .propertyStream()
                        .flatMap(property -> property.getValue()
                                .path("examples")
                                .valueStream()
                                .map(example -> "{\"segment\":42,\"x\":%s}"
                                        .formatted(example)
                                        .replace("\"x\"", '"' + property.getKey() + '"')
                                        .replace("\"segment\":42,\"segment\"", "\"segment\""))));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void agreesWithTheParser(List<String> line) {
        byte[] document = Tables.bytes(line.get(1));
        boolean accept = line.getFirst().equals("accept");

        assertThat(parserAccepts(document)).as("parser").isEqualTo(accept);
        assertThat(SCHEMA.validate(new String(document, UTF_8), InputFormat.JSON)
                        .isEmpty())
                .as("schema")
                .isEqualTo(accept);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesExamplesThatBothAccept(String example) {
        assertThat(SCHEMA.validate(example, InputFormat.JSON)).isEmpty();
        assertThat(SidecarParser.parse(example.getBytes(UTF_8), "vips.csv").problems())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void describesEachKey(Key key) {
        assertThat(ROOT.get("properties").path(key.word()).path("description").asText())
                .endsWith(".");
    }

    @Test
    void knowsNoOtherKeysAndTheSameWords() {
        assertThat(names(ROOT.get("properties")))
                .containsExactlyElementsOf(
                        Stream.of(Key.values()).map(Key::word).toList());
        assertThat(names(ROOT.at("/$defs/create/properties"))).isEqualTo(SegmentReader.Part.words());
        assertThat(texts(ROOT.at("/properties/subscriptionAction/enum")))
                .isEqualTo(Stream.of(SubscriptionAction.values())
                        .map(SubscriptionAction::word)
                        .toList());
        assertThat(texts(ROOT.at("/$defs/suppression/enum")))
                .isEqualTo(
                        Stream.of(Suppression.values()).map(Suppression::word).toList());
    }

    @Test
    void knowsTheSameLimits() {
        assertThat(ROOT.at("/maxProperties").asInt()).isEqualTo(SidecarParser.MAX_KEYS);
        assertThat(ROOT.at("/$defs/id/maximum").asLong()).isEqualTo(Scalars.MAX_ID);
        assertThat(ROOT.at("/$defs/count/maximum").asLong()).isEqualTo(Scalars.MAX_COUNT);
        assertThat(ROOT.at("/$defs/tagIds/maxItems").asInt()).isEqualTo(Scalars.MAX_IDS);
        assertThat(ROOT.at("/properties/columns/maxProperties").asInt()).isEqualTo(ColumnsReader.MAX_COLUMNS);
        assertThat(ROOT.at("/properties/subscriptionOptions/maxProperties").asInt())
                .isEqualTo(SubscriptionOptionsReader.MAX_OPTIONS);
    }

    private static boolean parserAccepts(byte[] document) {
        SidecarParser.Parsed parsed = SidecarParser.parse(document, "vips.csv");
        return parsed.ok() && parsed.settings().has(Key.SEGMENT);
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(java.util.Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
