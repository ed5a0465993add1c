package io.segmentdrop.shell.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Every key is documented where it is declared, and the jar's own settings name keys that exist. */
class MetadataTest {

    /** Keys below these are free: names of loggers, groups and the like. */
    private static final List<String> MAPS = List.of("logging.level.", "management.endpoint.health.group.");

    static Stream<Class<?>> records() {
        return Stream.of(
                SegmentDropProperties.class,
                ApiProperties.class,
                FieldNameProperties.class,
                DropProperties.class,
                SegmentProperties.class,
                SftpProperties.class,
                CheckProperties.class,
                SplitProperties.class,
                SendProperties.class,
                BackoffProperties.class,
                ExpectProperties.class,
                NoticesProperties.class,
                RetentionProperties.class,
                TracesProperties.class,
                OpsProperties.class,
                OpsUserProperties.class,
                IssuerProperties.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyComponentIsDocumentedWhereItIsDeclared(Class<?> type) throws IOException {
        String source = Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));

        assertThat(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !source.contains("@param " + name + " ")))
                .isEmpty();
    }

    @Test
    void everyKeyHasADescriptionInTheMetadata() throws IOException {
        List<JsonNode> keys = ours();

        assertThat(keys).hasSizeGreaterThan(20);
        assertThat(keys.stream()
                        .filter(key -> key.path("description").asText().isBlank()
                                || key.path("description").asText().contains("{@"))
                        .map(key -> key.path("name").asText()))
                .isEmpty();
    }

    @Test
    void theMetadataHoldsTheKeysThatCanBeBound() throws IOException {
        List<String> bound = ConfigurationKeys.all().stream()
                .map(key -> key.replaceFirst("\\.<name>.*", ""))
                .distinct()
                .toList();

        assertThat(ours().stream().map(key -> key.path("name").asText())).containsExactlyInAnyOrderElementsOf(bound);
    }

    @Test
    void theKeysOfADropAreKnownToo() {
        assertThat(ConfigurationKeys.all())
                .contains(
                        "segment-drop.drops.<name>.from",
                        "segment-drop.drops.<name>.segments[].suppression",
                        "segment-drop.drops.<name>.sftp.known-hosts-file",
                        "segment-drop.drops.<name>.defaults",
                        "segment-drop.drops.<name>.campaigns",
                        "segment-drop.send.backoff.longest",
                        "segment-drop.ops.password");
    }

    @Test
    void theJarsOwnSettingsNameKeysThatExist() throws IOException {
        Set<String> known = known();

        assertThat(own().stringPropertyNames().stream()
                        .filter(key -> MAPS.stream().noneMatch(key::startsWith))
                        .filter(key -> !known.contains(key)))
                .isEmpty();
    }

    @Test
    void theJarDefinesNoDrop() {
        assertThat(own().stringPropertyNames()).noneMatch(key -> key.startsWith(SegmentDropProperties.PREFIX));
    }

    private static Properties own() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        return Objects.requireNonNull(yaml.getObject());
    }

    private static List<JsonNode> ours() throws IOException {
        return all().stream()
                .filter(key -> key.path("name").asText().startsWith(SegmentDropProperties.PREFIX + "."))
                .toList();
    }

    private static Set<String> known() throws IOException {
        Set<String> names = new HashSet<>();
        all().forEach(key -> names.add(key.path("name").asText()));
        return names;
    }

    private static List<JsonNode> all() throws IOException {
        List<JsonNode> keys = new ArrayList<>();
        for (String file : List.of("spring-configuration-metadata", "additional-spring-configuration-metadata")) {
            ClassLoader loader = MetadataTest.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("META-INF/" + file + ".json"))) {
                try (InputStream json = url.openStream()) {
                    new ObjectMapper().readTree(json).path("properties").forEach(keys::add);
                }
            }
        }
        return keys;
    }
}
