package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the wire can do to a request, and how far the request is then said to have come. */
@Timeout(30)
class ApiFaultsTest {

    private static final String SILENT = "expected a whole answer within 600 ms, found none";
    private static final String DEAF = "expected the API to take more of the body within 600 ms, but it took nothing";
    private static final String UNCONNECTED = "expected a connection within 600 ms, found none";
    private static final String RESET = "the connection was reset";
    private static final String EARLY = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    Path dir;

    static Stream<Arguments> smallBodies() {
        return Stream.of(
                row(
                        "silence after the request",
                        talk -> {
                            talk.readRequest();
                            talk.stall();
                        },
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        SILENT),
                row(
                        "a byte of the head now and then",
                        talk -> {
                            talk.readRequest();
                            talk.drip("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}", 100);
                        },
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        SILENT),
                row(
                        "one interim answer after the other",
                        talk -> {
                            talk.readRequest();
                            talk.drip("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000), 1);
                        },
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        SILENT),
                row(
                        "a byte of the body now and then",
                        talk -> {
                            talk.readRequest();
                            talk.write("HTTP/1.1 201 Created\r\nContent-Length: 50\r\n\r\n");
                            talk.drip("\u00e4".repeat(50), 250);
                        },
                        Phase.STATUS_READ,
                        201,
                        null,
                        SILENT),
                row(
                        "half an answer, then silence",
                        talk -> {
                            talk.readRequest();
                            talk.write("HTTP/1.1 201 Created\r\nContent-Length: 50\r\n\r\n{\"err");
                            talk.stall();
                        },
                        Phase.STATUS_READ,
                        201,
                        "{\"err",
                        SILENT),
                row(
                        "reset after the request",
                        talk -> {
                            talk.readRequest();
                            talk.reset();
                        },
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        RESET),
                row(
                        "an answer without an end",
                        talk -> {
                            talk.readRequest();
                            talk.write("HTTP/1.1 200 OK\r\n\r\n");
                            while (true) {
                                talk.write("x".repeat(100_000));
                            }
                        },
                        Phase.STATUS_READ,
                        200,
                        "x".repeat(1024 * 1024),
                        "expected an answer of at most 1 MiB, found more"));
    }

    private static Arguments row(
            String name,
            RawServer.Script script,
            Phase phase,
            int status,
            @Nullable String body,
            @Nullable String fault) {
        return Arguments.of(name, script, phase, status, body, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallBodies")
    void afterTheWholeRequest(
            String name, RawServer.Script script, Phase phase, int status, @Nullable String body, String fault)
            throws IOException {
        try (RawServer server = RawServer.plain(script);
                ApiRoute route = new ApiRoute(url(server.port()), ApiRoute.SHORT)) {
            Observation seen = route.send(small());

            assertThat(seen)
                    .isEqualTo(new Observation(
                            phase, true, status, null, null, body == null ? seen.body() : body, ApiRoute.fault(fault)));
            assertThat(server.hits()).isEqualTo(1);
        }
    }

    static Stream<Arguments> largeBodies() {
        return Stream.of(
                row("nobody reads", RawServer.Talk::stall, Phase.BODY_INCOMPLETE, 0, "", DEAF),
                row(
                        "reset in the middle",
                        talk -> {
                            talk.readHead();
                            talk.read(300_000);
                            talk.reset();
                        },
                        Phase.BODY_INCOMPLETE,
                        0,
                        "",
                        RESET),
                row(
                        "closed in the middle",
                        talk -> {
                            talk.readHead();
                            talk.read(300_000);
                        },
                        Phase.BODY_INCOMPLETE,
                        0,
                        "",
                        RESET),
                row(
                        "early answer, the rest read away",
                        talk -> {
                            talk.readHead();
                            talk.write(EARLY);
                            talk.linger();
                        },
                        Phase.ANSWER_COMPLETE,
                        413,
                        "{}",
                        null),
                row(
                        "early answer, then reset by closing",
                        talk -> {
                            talk.readHead();
                            talk.read(300_000);
                            talk.write(EARLY);
                        },
                        Phase.ANSWER_COMPLETE,
                        413,
                        "{}",
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeBodies")
    void beforeTheLastBoundary(
            String name, RawServer.Script script, Phase phase, int status, String body, @Nullable String fault)
            throws IOException {
        try (RawServer server = RawServer.plain(script);
                ApiRoute route = new ApiRoute(url(server.port()), ApiRoute.SHORT)) {
            Observation seen = route.send(large());

            assertThat(seen).isEqualTo(new Observation(phase, false, status, null, null, body, ApiRoute.fault(fault)));
            assertThat(server.hits()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnectionWritesNothing() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertNothingWritten(url(free), ApiRoute.LONG, "expected a connection, but it was refused");
    }

    @Test
    void anUnknownNameWritesNothing() throws IOException {
        assertNothingWritten(
                "http://segment-drop.invalid",
                ApiRoute.LONG,
                "expected an address for the API's host, found none in the name service");
    }

    @Test
    void aFullBacklogWritesNothing() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(socket, waiting);
            assertNothingWritten(url(socket.getLocalPort()), ApiRoute.SHORT, UNCONNECTED);
        } finally {
            for (Socket client : waiting) {
                client.close();
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        try {
            while (true) {
                Socket client = new Socket();
                waiting.add(client);
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 100);
            }
        } catch (SocketTimeoutException e) {
            // the backlog is full
        }
    }

    @Test
    void aChangedFileStopsTheRequestBeforeItsBody() throws IOException {
        Path file = dir.resolve("clean.csv");
        Slice slice = Slices.whole(file, "a@example.org,Ann\n");
        Files.writeString(file, "a@example.org,Anna\n");
        Observation seen = received(new ApiRequest.Import(1, List.of(), slice)).observation();

        assertThat(seen)
                .isEqualTo(new Observation(
                        Phase.NOTHING_WRITTEN,
                        false,
                        0,
                        null,
                        null,
                        "",
                        changed("the checked file has changed: expected 18 bytes, found 19 bytes; the request was"
                                + " stopped")));
    }

    @Test
    void changedRowsStopTheRequestBeforeItsLastBoundary() throws IOException {
        Slice planned = Slices.whole(dir.resolve("clean.csv"), "a@example.org,Ann\n");
        Slice slice = Slices.of(planned.file(), 0, planned.length(), "0".repeat(64));
        Received got = received(new ApiRequest.Import(1, List.of(), slice));

        assertThat(got.observation())
                .isEqualTo(new Observation(
                        Phase.BODY_INCOMPLETE,
                        false,
                        0,
                        null,
                        null,
                        "",
                        changed("the checked file has changed: expected SHA-256 " + "0".repeat(64) + ", found "
                                + planned.sha256() + "; the request was stopped")));
        assertThat(got.bytes()).doesNotContain("--\r\n");
    }

    private static WireFault changed(String words) {
        return new WireFault(WireFault.Kind.STAGED_CHANGED, words);
    }

    private record Received(Observation observation, String bytes) {}

    /** Sends, and returns all that arrived until the connection ended. */
    private static Received received(ApiRequest request) throws IOException {
        CompletableFuture<String> bytes = new CompletableFuture<>();
        RawServer.Script script = talk -> bytes.complete(untilReset(talk));
        try (RawServer server = RawServer.plain(script);
                ApiRoute route = new ApiRoute(url(server.port()), ApiRoute.LONG)) {
            return new Received(route.send(request), bytes.join());
        }
    }

    private static String untilReset(RawServer.Talk talk) {
        StringBuilder all = new StringBuilder();
        try {
            while (true) {
                all.append(new String(talk.read(1), ISO_8859_1));
            }
        } catch (IOException e) {
            return all.toString();
        }
    }

    private void assertNothingWritten(String url, Deadlines deadlines, String fault) throws IOException {
        try (ApiRoute route = new ApiRoute(url, deadlines)) {
            assertThat(route.send(small()))
                    .isEqualTo(new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", ApiRoute.fault(fault)));
        }
    }

    private ApiRequest small() throws IOException {
        return new ApiRequest.Import(7, List.of(), Slices.whole(dir.resolve("clean.csv"), "a@example.org,Ann\n"));
    }

    /** More than the sockets between us can hold. */
    private ApiRequest large() throws IOException {
        String rows = "a@example.org,Ann\n".repeat(1_000_000);
        return new ApiRequest.Import(7, List.of(), Slices.whole(dir.resolve("clean.csv"), rows));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
