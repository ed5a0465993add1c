package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import io.segmentdrop.testkit.Certificates;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request that is open, or begins, when the program ends. No deadline passes in these tests. */
@Timeout(60)
class ApiEndingTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Deadlines PATIENT = new Deadlines(NEVER, NEVER, NEVER);
    private static final String OK = "HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{\"error\":false}";
    private static final WireFault ENDING =
            new WireFault(WireFault.Kind.ENDING, "the program was ending, and the request was stopped");
    private static final Observation UNSENT = new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", ENDING);
    private static final Observation IN_PART = new Observation(Phase.BODY_INCOMPLETE, false, 0, null, null, "", ENDING);

    @TempDir
    Path dir;

    @Test
    void aBodyThatNobodyReadsIsCut() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = route("http", server.port())) {
            assertThat(cutInTheBody(route)).isEqualTo(IN_PART);
        }
    }

    @Test
    void aBodyThatNobodyReadsIsCutThroughTlsToo() throws IOException {
        Certificates certificates = Certificates.in(dir);
        RawServer.Script deaf = talk -> {
            talk.readHead();
            talk.stall();
        };
        try (RawServer server = RawServer.with(certificates.server("api", "CN=api", "-ext", "san=ip:127.0.0.1"), deaf);
                ApiRoute route = new ApiRoute(
                        "https://127.0.0.1:" + server.port(),
                        PATIENT,
                        ApiKey.ofToken("key"),
                        ApiTls.of(null, certificates.trust()))) {
            assertThat(cutInTheBody(route)).isEqualTo(IN_PART);
        }
    }

    @Test
    void aBodyThatIsReadSlowlyIsCut() throws IOException {
        RawServer.Script slow = talk -> {
            talk.readHead();
            while (true) {
                talk.read(64);
                talk.drip("", 1);
            }
        };
        try (RawServer server = RawServer.plain(slow);
                ApiRoute route = route("http", server.port())) {
            assertThat(cutInTheBody(route)).isEqualTo(IN_PART);
            assertThat(server.received(0)).doesNotContain("--\r\n");
        }
    }

    private Observation cutInTheBody(ApiRoute route) throws IOException {
        ApiRequest.Import request = request("a@example.org,Ann\n".repeat(1_000_000));
        CompletableFuture<Observation> seen = send(route, request);
        await().until(() -> request.progress().bodyBytes() > 100_000);
        route.end(NEVER);
        return seen.join();
    }

    @Test
    void anAnswerThatIsWaitedForMayCome() throws IOException {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        RawServer.Script late = talk -> {
            talk.readRequest();
            ended.join();
            talk.write(OK);
        };
        try (RawServer server = RawServer.plain(late);
                ApiRoute route = route("http", server.port())) {
            CompletableFuture<Observation> seen = sendWhole(route);
            route.end(NEVER);
            ended.complete(null);
            assertThat(seen.join().status()).isEqualTo(201);
        }
    }

    @Test
    void anAnswerIsNotWaitedForWithoutEnd() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = route("http", server.port())) {
            CompletableFuture<Observation> seen = sendWhole(route);
            route.end(Duration.ofMillis(100));
            assertThat(seen.join()).isEqualTo(new Observation(Phase.BODY_WRITTEN, true, 0, null, null, "", ENDING));
        }
    }

    /** It changes nothing, so that its answer is worth no waiting. */
    @Test
    void aQuestionIsCut() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = route("http", server.port())) {
            ApiRequest question = new ApiRequest.AskSegment(7);
            CompletableFuture<Observation> seen = send(route, question);
            await().until(() -> question.progress().lastBoundaryWritten());
            route.end(NEVER);
            assertThat(seen.join().isStopped()).isTrue();
        }
    }

    @Test
    void whatBeginsWhileItEndsIsNotSent() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.answering(OK));
                ApiRoute route = route("http", server.port())) {
            route.end(NEVER);
            assertThat(route.send(request("a@example.org,Ann\n"))).isEqualTo(UNSENT);
            assertThat(route.send(new ApiRequest.AskSegment(7))).isEqualTo(UNSENT);
            assertThat(server.hits()).isZero();
        }
    }

    @Test
    void aHandshakeIsCut() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = route("https", server.port())) {
            CompletableFuture<Observation> seen = send(route, request("a@example.org,Ann\n"));
            await().until(() -> server.hits() == 1);
            route.end(NEVER);
            assertThat(seen.join()).isEqualTo(UNSENT);
        }
    }

    @Test
    void aConnectionThatDoesNotComeAboutIsCut() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApiRoute route = route("http", full.getLocalPort())) {
            fill(full, waiting);
            CompletableFuture<Observation> seen = send(route, request("a@example.org,Ann\n"));
            await().during(Duration.ofMillis(200)).until(() -> !seen.isDone());
            route.end(NEVER);
            assertThat(seen.join()).isEqualTo(UNSENT);
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
                client.connect(server.getLocalSocketAddress(), 300);
            }
        } catch (SocketTimeoutException e) {
            // nobody takes more
        }
    }

    /** Sends one whose last boundary has left when this returns. */
    private CompletableFuture<Observation> sendWhole(ApiRoute route) throws IOException {
        ApiRequest.Import request = request("a@example.org,Ann\n");
        CompletableFuture<Observation> seen = send(route, request);
        await().until(() -> request.progress().lastBoundaryWritten());
        return seen;
    }

    private static CompletableFuture<Observation> send(ApiRoute route, ApiRequest request) {
        return CompletableFuture.supplyAsync(() -> route.send(request));
    }

    private ApiRequest.Import request(String rows) throws IOException {
        return new ApiRequest.Import(7, List.of(), Slices.whole(dir.resolve("clean.csv"), rows));
    }

    private static ApiRoute route(String scheme, int port) {
        return new ApiRoute(scheme + "://127.0.0.1:" + port, PATIENT);
    }
}
