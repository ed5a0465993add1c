package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class SandboxStartTest {

    @TempDir
    private Path temporary;

    @Test
    void starts_the_stand_in_and_drops_the_samples() throws IOException {
        Path folder = temporary.resolve("sandbox");
        int port;
        try (ConfigurableApplicationContext context = start(folder, "sandbox")) {
            StandInApi api = context.getBean(StandInApi.class);
            port = api.port();
            assertThat(context.getEnvironment().getProperty("segment-drop.api.base-url"))
                    .isEqualTo("http://127.0.0.1:" + port);
            assertThat(new Client(api, "sandbox").look(1).statusCode()).isEqualTo(404);
            for (String drop : List.of("acme", "nightly-feed", "api-trouble")) {
                assertThat(names(folder.resolve("drops").resolve(drop)))
                        .isEqualTo(names(Path.of("inbox-samples").resolve(drop)));
            }
            assertThatThrownBy(() -> start(folder, "sandbox"))
                    .hasMessageStartingWith("expected " + folder + " to be free, found another sandbox that uses it");
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void does_nothing_in_another_profile() throws IOException {
        Path folder = temporary.resolve("sandbox");
        try (ConfigurableApplicationContext context = start(folder, "other")) {
            assertThat(context.getBeanNamesForType(StandInApi.class)).isEmpty();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void shows_segments_and_requests_and_forgets_them() {
        try (ConfigurableApplicationContext context = start(temporary.resolve("sandbox"), "sandbox")) {
            StandInApi api = context.getBean(StandInApi.class);
            SandboxController page = context.getBean(SandboxController.class);
            new Client(api, "sandbox").send(7, Form.adding("email,varr_x\na@example.com,1\n"));

            assertThat(page.segments())
                    .containsExactly(new SandboxController.SegmentView(
                            7, "Segment 7", null, 1, 1, List.of(Map.of("email", "a@example.com", "varr_x", "1"))));
            assertThat(page.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/api/3.2/messages/segments/7/import");
                assertThat(request.whole()).isTrue();
                assertThat(request.applied()).isTrue();
            });

            page.reset();

            assertThat(page.segments()).isEmpty();
            assertThat(page.requests()).isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(Path folder, String profile) {
        return new SpringApplicationBuilder(SandboxConfiguration.class, SandboxController.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .run("--sandbox.folder=" + folder, "--sandbox.api-port=0", "--sandbox.sftp-port=0");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
