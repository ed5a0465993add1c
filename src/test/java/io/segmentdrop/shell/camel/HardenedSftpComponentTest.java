package io.segmentdrop.shell.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.testkit.FaultySftp;
import io.segmentdrop.testkit.FaultySftp.At;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component in a context of its own, as any route could use it. */
class HardenedSftpComponentTest {

    private static final String STRICT = "&strictHostKeyChecking=yes&knownHostsFile=";
    private static final String PLAIN =
            "&noop=true&idempotent=false&stepwise=false&autoCreate=false&include=.*csv&filter=#all";

    @TempDir
    Path folder;

    private final CamelContext camel = new DefaultCamelContext();
    private FaultySftp server;
    private Path known;

    @BeforeEach
    void start() {
        server = FaultySftp.start(folder.resolve("server"));
        known = server.pin(folder.resolve("known_hosts"));
        camel.addComponent("sftp", new HardenedSftpComponent());
        camel.getRegistry().bind("desk", new Reading());
        camel.getRegistry().bind("all", (GenericFileFilter<Object>) file -> true);
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.close();
    }

    /** Wants every CSV, and reads it. */
    private final class Reading implements SftpDesk {

        private @Nullable SftpFolder at;

        @Override
        public Account.SignIn signIn() {
            try {
                return new Account.SignIn.Password(Files.writeString(folder.resolve("password"), FaultySftp.PASSWORD));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Limits limits() {
            return Limits.DEFAULTS;
        }

        @Override
        public void connected(SftpFolder now) {
            at = now;
        }

        @Override
        public List<String> look(SftpFolder now) throws IOException {
            return now.list(entry -> entry.name().endsWith(".csv"), 100).entries().stream()
                    .map(entry -> entry.name())
                    .toList();
        }

        @Override
        public Object fetch(String name) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                SftpFolder from = Objects.requireNonNull(at);
                assertThat(from.copy(from.find(name).orElseThrow(), bytes)).isTrue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private String uri(String path, String more) {
        return "sftp://127.0.0.1:" + server.port() + "/" + path + "?username=" + FaultySftp.USER
                + "&desk=#desk&delay=50" + more;
    }

    private void route(String from) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to("mock:read");
            }
        });
        camel.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "with%20space/and%2Bplus", "stars*"})
    void a_file_comes_as_an_exchange_whatever_the_folder_is_called(String path) throws Exception {
        String name = path.replace("%20", " ").replace("%2B", "+");
        Files.writeString(Files.createDirectories(server.root().resolve(name)).resolve("a.csv"), "email\n");
        MockEndpoint read = camel.getEndpoint("mock:read", MockEndpoint.class);
        read.expectedMinimumMessageCount(1);

        route(uri(path, STRICT + known + PLAIN));

        read.assertIsSatisfied();
        assertThat(read.getExchanges().getFirst().getMessage().getBody(String.class))
                .isEqualTo("email\n");
    }

    @Test
    void nothing_but_strict_is_to_be_had() {
        assertThatThrownBy(() -> route(uri("out", "&strictHostKeyChecking=no&knownHostsFile=" + known + PLAIN)))
                .hasStackTraceContaining("expected sftp: with strictHostKeyChecking");
        assertThat(server.asked(At.SIGN_IN)).isZero();
    }

    @Test
    void keys_are_pinned_by_a_file() {
        assertThatThrownBy(() -> route(uri("out", PLAIN)))
                .hasStackTraceContaining("expected sftp: with knownHostsFile");
    }

    @Test
    void names_are_limited_twice() {
        assertThatThrownBy(() -> route(uri("out", STRICT + known)))
                .hasStackTraceContaining("expected sftp: with include and filter");
    }

    @Test
    void secrets_and_deadlines_come_from_a_bean() {
        assertThatThrownBy(() -> route(uri("out", STRICT + known + PLAIN).replace("&desk=#desk", "")))
                .hasStackTraceContaining("expected sftp: with desk");
    }

    @Test
    void nothing_is_sent_by_a_producer() {
        camel.start();
        assertThatThrownBy(() -> camel.createProducerTemplate().sendBody(uri("out", STRICT + known), "x"))
                .hasStackTraceContaining("expected sftp: with a bean that writes");
    }
}
