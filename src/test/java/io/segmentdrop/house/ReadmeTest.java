package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The README's tables say what the code says. */
class ReadmeTest {

    private static final Path README = ProjectFiles.ROOT.resolve("README.md");
    private static final Path METADATA =
            ProjectFiles.ROOT.resolve("target/classes/META-INF/spring-configuration-metadata.json");
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
        JsonNode properties = new ObjectMapper().readTree(METADATA.toFile()).path("properties");
        return properties
                .valueStream()
                .filter(property -> property.path("name").asText().startsWith("segment-drop."))
                .sorted(Comparator.comparing(property -> property.path("name").asText()))
                .map(ReadmeTest::key)
                .toList();
    }

    private static List<String> key(JsonNode property) {
        String name = property.path("name").asText();
        String words = property.path("description").asText();
        assertThat(words)
                .as("the description of %s, where it is declared", name)
                .isNotBlank();
        JsonNode value = property.path("defaultValue");
        String found = value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        return List.of("`" + name + "`", found.isEmpty() ? "" : "`" + found + "`", words.replaceAll("\\s+", " "));
    }
}
