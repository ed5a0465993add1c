package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.receipt.Receipt;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.house.planted.config.SampleDrop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's tables and examples say what the code says; its configuration is held in {@code shell.config}. */
class ReadmeTest {

    private static final Path README = ProjectFiles.ROOT.resolve("README.md");
    private static final Path METADATA =
            ProjectFiles.ROOT.resolve("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path SOURCES = ProjectFiles.ROOT.resolve("src/main/java");
    private static final Path RECEIPT =
            ProjectFiles.ROOT.resolve("src/test/resources/catalogue/receipts/delivered.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEND = "mvn -q test -Dtest=ReadmeTest -Dreadme.apply=true";

    @Test
    void theCodesAreThoseOfTheProgram() {
        holdOrApply("codes", codes());
    }

    @Test
    void theConfigurationIsWhatTheProgramReads() throws IOException {
        holdOrApply("configuration", configuration());
    }

    @Test
    void theSidecarsKeysAreThoseOfTheProgram() {
        String block = MarkdownTable.block(ProjectFiles.read(README), "sidecar");

        assertThat(MarkdownTable.firstCells(block))
                .containsExactlyElementsOf(
                        Arrays.stream(Key.values()).map(Key::word).toList());
    }

    static Stream<String> sidecars() {
        return fenced("json").filter(json -> !json.contains(Receipt.SCHEMA) && !json.contains(Notice.SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("sidecars")
    void theSidecarsAreReadWithoutAWord(String json) {
        SidecarParser.Parsed parsed = SidecarParser.parse(json.getBytes(StandardCharsets.UTF_8), "vips.csv");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.notes()).isEmpty();
    }

    @Test
    void theReceiptHasTheKeysOfOne() throws IOException {
        List<String> receipts =
                fenced("json").filter(json -> json.contains(Receipt.SCHEMA)).toList();
        JsonNode real = JSON.readTree(RECEIPT.toFile());

        assertThat(receipts).hasSize(1);
        assertThat(keys(JSON.readTree(receipts.getFirst()))).isSubsetOf(keys(real));
    }

    @Test
    void theNoticeHasTheKeysOfOne() throws IOException {
        Instant now = Instant.parse("2026-11-20T12:00:00Z");
        Notice notice = new Notice(
                News.IMPORT_REJECTED, "acme", null, Code.CSV_EMPTY, 2, now, now, "01A", "a.csv", "a reason", "us");
        List<String> notices =
                fenced("json").filter(json -> json.contains(Notice.SCHEMA)).toList();

        assertThat(notices).hasSize(1);
        assertThat(keys(JSON.readTree(notices.getFirst())))
                .isEqualTo(notice.toMap().keySet());
    }

    @Test
    void everyTestThatHoldsAPromiseIsThere() {
        Set<String> tests = ProjectFiles.javaSources().stream()
                .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                .collect(Collectors.toSet());

        List<String> named = Pattern.compile("`([A-Z][a-z]\\w+(?:Test|IT))`")
                .matcher(ProjectFiles.read(README))
                .results()
                .map(hit -> hit.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named.stream().filter(name -> !tests.contains(name))).isEmpty();
    }

    @Test
    void anOutdatedBlockIsSeenAndReplaced() {
        String text = "a\n<!-- codes -->\n| code |\n|---|\n| `OLD` |\n<!-- /codes -->\nb\n";

        String mended = MarkdownTable.withBlock(text, "codes", codes());

        assertThat(MarkdownTable.firstCells(MarkdownTable.block(text, "codes"))).containsExactly("OLD");
        assertThat(MarkdownTable.firstCells(MarkdownTable.block(mended, "codes")))
                .containsExactlyElementsOf(
                        Arrays.stream(Code.values()).map(Code::name).toList());
        assertThat(mended).startsWith("a\n<!-- codes -->\n").endsWith("<!-- /codes -->\nb\n");
    }

    @Test
    void codeIsMarkedAsCode() {
        assertThat(plain("before {@code /api/3.2}, see {@link Duration}"))
                .isEqualTo("before `/api/3.2`, see `Duration`");
    }

    @Test
    void theKeysOfARecordAreReadFromItsSource() {
        assertThat(RecordKeys.of(
                        "drops.<name>.", SampleDrop.class.getName(), ProjectFiles.ROOT.resolve("src/test/java")))
                .containsExactly(
                        List.of("drops.<name>.settle-for", "2s", "how long a pair must have been unchanged"),
                        List.of("drops.<name>.token", "", "a value that happens to be a record"),
                        List.of("drops.<name>.segments", "", "the allowed segments"),
                        List.of("drops.<name>.segments[].id", "", "its id"),
                        List.of("drops.<name>.login.user", "me", "the name"),
                        List.of("drops.<name>.defaults", "", "options by key"));
    }

    /** The fenced blocks of the README in this language. */
    private static Stream<String> fenced(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(ProjectFiles.read(README))
                .results()
                .map(block -> block.group(1));
    }

    /** The names of all members, those of members too, with a dot between. */
    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        if (node.isArray()) {
            node.forEach(element -> keys.addAll(keys(element)));
        }
        node.properties().forEach(member -> {
            keys.add(member.getKey());
            if (!member.getKey().equals("options")) {
                keys(member.getValue()).forEach(inner -> keys.add(member.getKey() + "." + inner));
            }
        });
        return keys;
    }

    private static void holdOrApply(String name, String expected) {
        String readme = ProjectFiles.read(README);
        if (Boolean.getBoolean("readme.apply")) {
            ProjectFiles.write(README, MarkdownTable.withBlock(readme, name, expected));
        } else {
            assertThat(MarkdownTable.block(readme, name))
                    .as("the README's block %s; this mends it: %s", name, MEND)
                    .isEqualTo(expected);
        }
    }

    private static String codes() {
        return MarkdownTable.table(
                List.of("code", "verdict", "what it means", "what to do"),
                Arrays.stream(Code.values())
                        .map(code -> List.of(
                                "`" + code + "`",
                                code.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                code.meaning(),
                                code.remedy()))
                        .toList());
    }

    /** A table of the keys below {@code segment-drop}, as their declarations describe them. */
    private static String configuration() throws IOException {
        return MarkdownTable.table(List.of("key", "default", "what it is"), keys());
    }

    private static List<List<String>> keys() throws IOException {
        if (!Files.exists(METADATA)) {
            return List.of();
        }
        return JSON.readTree(METADATA.toFile())
                .path("properties")
                .valueStream()
                .filter(property -> property.path("name").asText().startsWith("segment-drop."))
                .sorted(Comparator.comparing(property -> property.path("name").asText()))
                .flatMap(ReadmeTest::rows)
                .map(ReadmeTest::marked)
                .toList();
    }

    /** A key, and the keys of the map's values where it is a map of records. */
    private static Stream<List<String>> rows(JsonNode property) {
        String name = property.path("name").asText();
        String meaning = property.path("description").asText().replaceAll("\\s+", " ");
        assertThat(meaning)
                .as("the description of %s, where it is declared", name)
                .isNotBlank();
        Stream<List<String>> row = Stream.of(List.of(name, text(property.path("defaultValue")), meaning));
        Matcher map = Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(io\\.segmentdrop\\..+)>")
                .matcher(property.path("type").asText());
        return map.matches()
                ? Stream.concat(row, RecordKeys.of(name + ".<name>.", map.group(1), SOURCES).stream())
                : row;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static List<String> marked(List<String> row) {
        String found = row.get(1);
        return List.of("`" + row.get(0) + "`", found.isEmpty() ? "" : "`" + found + "`", plain(row.get(2)));
    }

    /** Javadoc's way to write code in Markdown's. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`");
    }
}
