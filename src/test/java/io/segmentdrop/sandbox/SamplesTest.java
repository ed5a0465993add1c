package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Verdict;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.sandbox.Sample.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;

/** The samples are well-formed pairs, and their names say what they should. */
class SamplesTest {

    private static final Path SAMPLES = Path.of("inbox-samples");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Binder SANDBOX = sandbox();
    private static final Map<Ending, Set<Verdict>> REASONS = Map.of(
            Ending.REJECTED, Set.of(Verdict.REJECT_FILE),
            Ending.HELD, Set.of(Verdict.HOLD),
            Ending.UNDELIVERABLE, Set.of(Verdict.UNDELIVERABLE));

    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path folder : folders()) {
            samples.addAll(Sample.in(folder));
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void has_a_sidecar_unless_it_waits(Sample sample) {
        assertThat(Files.exists(sample.sidecar()) || sample.ending() == Ending.WAITING)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void gives_a_code_that_ends_it_so(Sample sample) {
        Set<Verdict> verdicts = REASONS.get(sample.ending());
        if (verdicts == null) {
            assertThat(sample.code()).isEmpty();
        } else {
            assertThat(sample.code().map(Code::verdict))
                    .as(sample.name())
                    .hasValueSatisfying(verdict -> assertThat(verdicts).contains(verdict));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void proves_its_csv_unless_it_waits(Sample sample) throws IOException {
        JsonNode sidecar = sidecar(sample);
        byte[] csv = Files.readAllBytes(sample.csv());
        if (sidecar.has("bytes") || sidecar.has("sha256")) {
            boolean fits = sidecar.path("bytes").asLong() == csv.length
                    && sidecar.path("sha256").asText().equals(StandInApiTest.sha256(csv));
            assertThat(fits).isEqualTo(sample.ending() != Ending.WAITING);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void has_known_keys_unless_that_is_its_fault(Sample sample) throws IOException {
        Set<String> known = Arrays.stream(Key.values()).map(Key::word).collect(Collectors.toSet());
        List<String> unknown = new ArrayList<>();
        sidecar(sample).fieldNames().forEachRemaining(key -> {
            if (!known.contains(key) && !key.startsWith("x-")) {
                unknown.add(key);
            }
        });
        assertThat(unknown.isEmpty())
                .as("%s has %s", sample.name(), unknown)
                .isEqualTo(!sample.code().equals(Optional.of(Code.SIDE_UNKNOWN_KEY)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void has_an_allowed_segment_unless_that_is_its_fault(Sample sample) throws IOException {
        JsonNode segment = sidecar(sample).path("segment");
        if (segment.isIntegralNumber()) {
            assertThat(allowed(sample.drop()).contains(segment.asLong()))
                    .isEqualTo(!sample.code().equals(Optional.of(Code.POLICY_SEGMENT_FORBIDDEN)));
        }
    }

    @Test
    void are_enough_and_of_every_ending() throws IOException {
        assertThat(samples()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(samples()).extracting(Sample::ending).contains(Ending.values());
    }

    @Test
    void nothing_but_pairs_lies_beside_them() throws IOException {
        Set<Path> expected = new TreeSet<>();
        samples().forEach(sample -> {
            expected.add(sample.csv());
            expected.add(sample.sidecar());
        });
        for (Path folder : folders()) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(expected).containsAll(files.toList());
            }
        }
    }

    @Test
    void every_folder_is_a_drop_and_every_drop_has_a_folder() throws IOException {
        Map<String, Object> drops = SANDBOX.bind("segment-drop.drops", Bindable.mapOf(String.class, Object.class))
                .get();

        assertThat(folders().stream().map(folder -> folder.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(drops.keySet());
    }

    @Test
    void the_drop_of_trouble_may_use_every_magic_segment() {
        assertThat(allowed("api-trouble"))
                .containsExactlyElementsOf(
                        Arrays.stream(Magic.values()).map(Magic::id).toList());
    }

    @Test
    void the_readme_tells_every_magic_segment() throws IOException {
        assertThat(Files.readString(SAMPLES.resolve("README.md")))
                .contains(Arrays.stream(Magic.values())
                        .map(magic -> "| " + magic.id() + " | " + magic.meaning() + " |")
                        .toList());
    }

    @Test
    void the_sandbox_names_the_fields_as_the_stand_in_does() {
        assertThat(FieldNames.UNPUBLISHED.values().stream()
                        .map(key -> SANDBOX.bind("segment-drop.api.field-names." + key, String.class)
                                .get()))
                .containsExactlyInAnyOrder(
                        ImportRules.CREATE_SMS_ADDONS,
                        ImportRules.SMS_PHONE_VARIABLE,
                        ImportRules.SEND_SMS_CONFIRMATION,
                        ImportRules.SUPPRESS_FUNNEL_EVENTS,
                        ImportRules.REPLACE_TAGS,
                        ImportRules.REPLACE_SUBSCRIBER_TAGS);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        ok-vips.csv                               , DELIVERED        , -
        ok-partly-one.csv                         , PARTLY_DELIVERED , -
        rejected-side-unknown-key-claer.csv       , REJECTED         , SIDE_UNKNOWN_KEY
        rejected-csv-empty.csv                    , REJECTED         , CSV_EMPTY
        rejected-side-tag-conflict-csv.csv        , REJECTED         , SIDE_TAG_CONFLICT_CSV
        rejected-csv-emptyish.csv                 , REJECTED         , -
        held-api-302-failure.csv                  , HELD             , API_302_FAILURE\
        """)
    void reads_a_name(String name, Ending ending, Code code) {
        Sample sample = Sample.of(Path.of("acme", name));

        assertThat(sample.drop()).isEqualTo("acme");
        assertThat(sample.ending()).isEqualTo(ending);
        assertThat(sample.code().orElse(null)).isEqualTo(code);
    }

    @Test
    void refuses_a_name_that_says_nothing() {
        assertThatThrownBy(() -> Sample.of(Path.of("acme", "vips.csv")))
                .hasMessage("expected a CSV named after how it must end, such as ok-vips.csv, found vips.csv");
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(folder -> Files.isDirectory(folder)).sorted().toList();
        }
    }

    private static JsonNode sidecar(Sample sample) throws IOException {
        return Files.exists(sample.sidecar())
                ? JSON.readTree(Files.readAllBytes(sample.sidecar()))
                : JSON.createObjectNode();
    }

    record Allowed(long id) {}

    private static List<Long> allowed(String drop) {
        return SANDBOX.bind("segment-drop.drops." + drop + ".segments", Bindable.listOf(Allowed.class)).get().stream()
                .map(Allowed::id)
                .toList();
    }

    private static Binder sandbox() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-sandbox.yaml"));
        return new Binder(new MapConfigurationPropertySource(Objects.requireNonNull(yaml.getObject())));
    }
}
