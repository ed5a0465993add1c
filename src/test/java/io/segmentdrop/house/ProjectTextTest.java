package io.segmentdrop.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no file of the project holds, and what the README and the build agree on. */
class ProjectTextTest {

    // each is joined from two halves, so that this file does not hold what it looks for
    private static final List<Pattern> FOREIGN = Stream.of(
                    "repo1?\\.mav" + "en",
                    "mav" + "en\\.apache\\.org/mav" + "en2",
                    "registry\\.n" + "pm",
                    "deb\\.deb" + "ian",
                    "(docker|quay|ghcr|gcr)\\.(i" + "o|com)/",
                    "(?<![\\w.>})])/wo" + "rk/",
                    "(?<![\\w.>})])/ro" + "ot/",
                    "(?<![\\w.>})])/ho" + "me/\\w",
                    "(?<![\\w.>})])/Us" + "ers/\\w",
                    "\\.libr" + "ary/")
            .map(Pattern::compile)
            .toList();

    @Test
    void noFileNamesARegistryOrAMachinesPath() {
        List<Path> files = ProjectFiles.all();

        assertThat(files).contains(ProjectFiles.ROOT.resolve("pom.xml"));
        assertThat(files.stream()
                        .flatMap(file -> foreign(ProjectFiles.readLatin1(file))
                                .map(hit -> ProjectFiles.name(file) + ": " + hit)))
                .isEmpty();
    }

    static Stream<String> foreignTexts() {
        return Stream.of(
                "https://repo.mav" + "en.apache.org/x",
                "see https://registry.n" + "pmjs.org",
                "FROM docker.i" + "o/library/x",
                "at /wo" + "rk/main",
                "\"/ro" + "ot/.m2\"",
                "/ho" + "me/me/x");
    }

    @ParameterizedTest
    @MethodSource("foreignTexts")
    void aForeignTextIsSeen(String text) {
        assertThat(foreign(text)).hasSize(1);
    }

    @Test
    void theImportsOwnWorkFolderIsNotForeign() {
        assertThat(foreign("<home>/wo" + "rk/01JD/source.csv, data/wo" + "rk/01JD"))
                .isEmpty();
    }

    @Test
    void theReadmeAndTheBuildRunTheSameCommands() {
        String readme = shellBlocks(ProjectFiles.read(ProjectFiles.ROOT.resolve("README.md")));
        String run = ProjectFiles.read(ProjectFiles.ROOT.resolve(".ci/run"));

        assertThat(readme).contains("mvn -B verify\n", "mvn -q spring-boot:run\n");
        assertThat(run).contains("mvn -B verify");
    }

    private static Stream<String> foreign(String text) {
        return FOREIGN.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(Matcher::group);
    }

    private static String shellBlocks(String markdown) {
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(markdown)
                .results()
                .map(block -> block.group(1))
                .collect(joining());
    }
}
