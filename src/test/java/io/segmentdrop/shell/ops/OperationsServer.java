package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.SegmentDrop;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ImportRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * The whole program on a free port, with a home of its own and the stand-in of the API; one for all classes that extend this,
 * so each test uses a segment and file names of its own.
 */
@SpringBootTest(
        classes = SegmentDrop.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.test.observability.auto-configure=true",
            "server.shutdown=immediate",
            "segment-drop.api.token=key",
            "segment-drop.ops.user=alice",
            "segment-drop.ops.password=s3cret",
            "segment-drop.ops.users.vera.password=looks",
            "segment-drop.split.max-rows=2",
            "segment-drop.send.backoff.first=50ms",
            "segment-drop.send.backoff.longest=200ms",
            "segment-drop.drops.acme.scan-every=50ms",
            "segment-drop.drops.acme.settle-for=100ms",
            "segment-drop.drops.acme.allow-clear=true",
            "segment-drop.drops.quiet.scan-every=50ms",
            "segment-drop.drops.quiet.settle-for=100ms",
            "segment-drop.drops.quiet.segments[0].id=700",
            "segment-drop.drops.quiet.expect.by=00:00",
            "segment-drop.drops.gone.segments[0].id=800",
        })
@ContextConfiguration(initializers = OperationsServer.WithoutTests.class)
abstract class OperationsServer {

    /** Keeps the configurations of other tests, which lie in the same packages, out of the program. */
    static final class WithoutTests implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getBeanFactory().registerSingleton("withoutTests", new TypeExcludeFilter() {
                @Override
                public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
                    return type.getResource().getURL().getPath().contains("/test-classes/");
                }

                @Override
                public boolean equals(@Nullable Object other) {
                    return other != null && other.getClass() == getClass();
                }

                @Override
                public int hashCode() {
                    return getClass().hashCode();
                }
            });
        }
    }

    static final StandInApi API = StandInApi.start(StandInApi.Setup.withKey("key"));
    static final Path FOLDER = temporary();

    private static final int SEGMENTS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private Browse browse;

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("operations");
            Files.createDirectories(folder.resolve("acme"));
            Files.createDirectories(folder.resolve("quiet"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry registry) {
        registry.add("segment-drop.home", () -> FOLDER.resolve("home").toString());
        registry.add("segment-drop.api.base-url", () -> API.uri().toString());
        for (String drop : List.of("acme", "quiet", "gone")) {
            registry.add("segment-drop.drops." + drop + ".from", () -> "file:" + FOLDER.resolve(drop));
        }
        for (int i = 0; i < SEGMENTS; i++) {
            int number = i;
            registry.add("segment-drop.drops.acme.segments[" + i + "].id", () -> Integer.toString(100 + number));
        }
    }

    /** Drops a pair of this many rows and a sidecar with these members besides clear. */
    static void drop(String drop, String file, int rows, String members) {
        StringBuilder csv = new StringBuilder("email\n");
        for (int i = 1; i <= rows; i++) {
            csv.append("row").append(i).append("@example.com\n");
        }
        write(drop, file + ".json", "{\"clear\": false, " + members + "}");
        write(drop, file, csv.toString());
    }

    static void write(String drop, String file, String text) {
        try {
            Files.writeString(FOLDER.resolve(drop).resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return request(path, "alice:s3cret");
    }

    /** A request of somebody else: {@code vera:looks} is a viewer. */
    HttpRequest.Builder request(String path, String credentials) {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return anonymous(path).header("Authorization", "Basic " + basic);
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(30));
    }

    static HttpRequest.Builder posting(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) {
        return send(posting(request(path), body));
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON of a success. */
    static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return json(answer);
    }

    /** The sentence of a problem. */
    static String problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("status").intValue()).isEqualTo(status);
        return json(answer).path("detail").textValue();
    }

    /** The one import of this file, once it is in this state. */
    JsonNode awaitImport(String file, String state) {
        // asked of the ledger, since each sign-in costs a slow hash
        await(() -> assertThat(browse.imports(null, null, file, Long.MAX_VALUE, 2))
                .extracting(row -> row.state().partnerWord())
                .containsExactly(state));
        return ok(get("/api/imports?q=" + file)).path("imports").path(0);
    }

    /** Waits for an import by its id, and answers all that is known of it. */
    JsonNode awaitState(String id, String state) {
        await(() -> assertThat(browse.find(id))
                .get()
                .extracting(row -> row.state().partnerWord())
                .isEqualTo(state));
        return whole(id);
    }

    /** Waits until the files of an import lie where its end says. */
    void awaitSettled(String id) {
        await(() -> assertThat(browse.find(id)).get().matches(ImportRow::settled));
    }

    static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }

    JsonNode whole(String id) {
        return ok(get("/api/imports/" + id));
    }
}
