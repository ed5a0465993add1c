package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.OutcomeWord;
import io.segmentdrop.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;

/** Prometheus reads the metrics, and whatever the dashboard and the alert rules ask for is there. */
class MonitoringTest extends OperationsServer {

    private static final Path FOLDER = Path.of("src/docs/operations");
    private static final Path RULES = FOLDER.resolve("alerts.rules.yaml");
    private static final Path DASHBOARD = FOLDER.resolve("dashboard.json");
    private static final Path RULES_TEST = Path.of("src/test/resources/operations/alerts.test.yaml");
    private static final String PROMTOOL = "/usr/bin/promtool";
    private static final Pattern SERIES = Pattern.compile("(segment_drop_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)|on \\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(segment_drop_\\w+)(?:\\{(.*)})? (\\S+)$");

    /** A sample that was read. */
    private record Sample(String name, Map<String, String> labels) {}

    /** What one panel or rule asks for. */
    record Question(String where, String expression) {

        @Override
        public String toString() {
            return where;
        }
    }

    @TempDir
    Path folder;

    @Autowired
    private Traces traces;

    private String metrics() {
        return send(request("/actuator/prometheus").setHeader("Accept", "text/plain"))
                .body();
    }

    static List<Question> questions() throws IOException {
        List<Question> all = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            panel.path("targets")
                    .forEach(target -> all.add(new Question(
                            panel.path("title").asText(), target.path("expr").asText())));
        }
        for (Map<?, ?> rule : rules()) {
            all.add(new Question(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr"))));
        }
        return all;
    }

    private static List<Map<?, ?>> rules() throws IOException {
        Map<?, ?> file = new Yaml().load(Files.readString(RULES));
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Map<?, ?> group : list(file, "groups")) {
            rules.addAll(list(group, "rules"));
        }
        return rules;
    }

    @SuppressWarnings("unchecked") // what YAML reads
    private static List<Map<?, ?>> list(Map<?, ?> from, String key) {
        return (List<Map<?, ?>>) Objects.requireNonNull(from.get(key));
    }

    private static List<Sample> samples(String metrics) {
        return SAMPLE.matcher(metrics)
                .results()
                .map(hit -> new Sample(hit.group(1), labels(hit.group(2))))
                .toList();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        LABEL.matcher(text == null ? "" : text).results().forEach(hit -> labels.put(hit.group(1), hit.group(3)));
        return labels;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsAskedForIsThere(Question question) {
        List<Sample> samples = samples(metrics());
        List<MatchResult> asked =
                SERIES.matcher(question.expression()).results().toList();

        assertThat(asked).isNotEmpty();
        for (MatchResult series : asked) {
            List<Sample> found = samples.stream()
                    .filter(sample -> sample.name().equals(series.group(1)))
                    .filter(sample -> meets(sample, series.group(2)))
                    .toList();
            assertThat(found).as(series.group()).isNotEmpty();
            assertThat(found)
                    .allSatisfy(sample -> assertThat(sample.labels().keySet())
                            .as(series.group())
                            .containsAll(grouped(question.expression())));
        }
    }

    private static boolean meets(Sample sample, String wanted) {
        return LABEL.matcher(wanted == null ? "" : wanted).results().allMatch(label -> {
            String value = sample.labels().get(label.group(1));
            boolean variable = label.group(3).startsWith("$");
            return value != null
                    && (variable
                            || (label.group(2).equals("=")
                                    ? value.equals(label.group(3))
                                    : value.matches(label.group(3))));
        });
    }

    private static List<String> grouped(String expression) {
        return GROUPED.matcher(expression)
                .results()
                .map(hit -> hit.group(1) == null ? hit.group(2) : hit.group(1))
                .flatMap(labels -> Stream.of(labels.split(",\\s*")))
                .toList();
    }

    /** A metric that nobody looks at is either looked at or not needed. */
    @Test
    void everyMetricIsLookedAtOrDocumented() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Set<String> names = samples(metrics()).stream()
                .map(sample -> sample.name().replaceFirst("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void everyRuleSaysWhatToDo() throws IOException {
        assertThat(rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat((Map<?, ?>) rule.get("annotations"))
                        .extracting(notes -> notes.get("summary"), notes -> notes.get("next"))
                        .doesNotContainNull());
    }

    @Test
    void everyOutcomeIsKnownBeforeItHappens() {
        assertThat(samples(metrics()).stream()
                        .filter(sample -> sample.name().equals("segment_drop_attempts_seconds_count"))
                        .map(sample -> sample.labels().get("outcome")))
                .containsExactlyInAnyOrderElementsOf(OutcomeWord.ALL);
    }

    @Test
    void nothingIsTracedUnlessItIsAskedFor() {
        assertThat(traces).isSameAs(Traces.NONE);
    }

    @Test
    void noLabelIsAPartnersText() {
        write("quiet", "hostile{}\".csv", "email\na@example.com\n");
        write("quiet", "hostile{}\".csv.json", "{\"segment\": 123456789, \"clear\": false}");
        await(() -> assertThat(
                        json(get("/api/imports?q=hostile")).path("imports").size())
                .isOne());

        await(() -> assertThat(metrics()).doesNotContain("hostile", "123456789"));
    }

    @Test
    @NeedsProgram(PROMTOOL)
    void prometheusReadsTheMetrics() throws Exception {
        String ours = metrics()
                .lines()
                .filter(line -> line.matches("(# \\w+ )?segment_drop_.*"))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(ours).hasLineCount(ours.split("\n").length);
        assertThat(promtool(ours, "check", "metrics")).isEmpty();
    }

    @Test
    @NeedsProgram(PROMTOOL)
    void prometheusTakesTheRules() throws Exception {
        Files.copy(RULES, folder.resolve("alerts.rules.yaml"));
        Files.copy(RULES_TEST, folder.resolve("alerts.test.yaml"));

        assertThat(promtool("", "check", "rules", "alerts.rules.yaml"))
                .contains("SUCCESS: " + rules().size() + " rules found");
        assertThat(promtool("", "test", "rules", "alerts.test.yaml")).contains("SUCCESS");
    }

    /** What it printed; fails if it did not end with 0. */
    private String promtool(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PROMTOOL));
        command.addAll(List.of(arguments));
        Path in = Files.writeString(folder.resolve("in"), input, StandardCharsets.UTF_8);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }
}
