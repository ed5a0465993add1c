package io.segmentdrop.shell.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's configuration is one that the server takes. */
class ReadmeConfigurationTest {

    @Test
    void isBoundAndSafe() throws IOException {
        List<String> examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> Objects.requireNonNull(block.group(1)))
                .filter(example -> example.contains("base-url"))
                .toList();

        assertThat(examples).hasSize(1);
        Configurations.checked("OPS_PASSWORD: secret\n" + examples.getFirst())
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(SegmentDropProperties.class)
                        .satisfies(read -> assertThat(read.drops()).containsOnlyKeys("acme", "nightly-feed")));
    }
}
