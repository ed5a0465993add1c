package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every source is as palantir-java-format writes it. */
class FormatTest {

    private static final String MEND = "mvn -q test -Dtest=FormatTest -Dformat.apply=true";
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void everySourceIsFormatted() {
        List<Path> sources = ProjectFiles.javaSources();
        List<Path> others =
                sources.parallelStream().filter(FormatTest::isUnformatted).toList();

        assertThat(sources).hasSizeGreaterThan(20);
        if (Boolean.getBoolean("format.apply")) {
            others.forEach(file -> ProjectFiles.write(file, formatted(file)));
        } else if (!others.isEmpty()) {
            fail(
                    "expected formatted sources, found these that are not; this formats them: %s\n%s",
                    MEND, names(others));
        }
    }

    @Test
    void anUnformattedSourceIsSeen() throws FormatterException {
        String source = "class A{int b ( ){return 1;}}";

        assertThat(FORMATTER.formatSourceAndFixImports(source)).isNotEqualTo(source);
    }

    private static boolean isUnformatted(Path file) {
        return !formatted(file).equals(ProjectFiles.read(file));
    }

    private static String formatted(Path file) {
        try {
            return FORMATTER.formatSourceAndFixImports(ProjectFiles.read(file));
        } catch (FormatterException e) {
            throw new AssertionError(ProjectFiles.name(file) + " cannot be read as Java: " + e.getMessage(), e);
        }
    }

    private static String names(List<Path> files) {
        return String.join("\n", files.stream().map(ProjectFiles::name).toList());
    }
}
