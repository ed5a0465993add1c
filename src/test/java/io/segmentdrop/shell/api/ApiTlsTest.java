package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import io.segmentdrop.testkit.Certificates;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates of an authority of our own. */
@Timeout(60)
class ApiTlsTest {

    private static final String OK = "HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{\"error\":false}";
    private static final String ROWS = "a@example.org,Ann\n";
    private static final String HERE = "san=ip:127.0.0.1";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @TempDir
    static Path dir = Path.of("");

    private static @Nullable Certificates made;
    private static @Nullable ServerSocketFactory sound;
    private final Certificates certificates = Objects.requireNonNull(made);
    private final ServerSocketFactory trusted = Objects.requireNonNull(sound);

    @BeforeAll
    static void makeCertificates() {
        made = Certificates.in(dir);
        sound = made.server("api", "CN=api", "-ext", HERE);
    }

    @Test
    void aTrustedServerGetsTheRequest() throws Exception {
        Observation seen = ask(trusted, RawServer.answering(OK), ROWS);

        assertThat(seen)
                .isEqualTo(new Observation(Phase.ANSWER_COMPLETE, true, 201, null, null, "{\"error\":false}", null));
    }

    @Test
    void anEarlyAnswerIsHeardThroughTls() throws Exception {
        RawServer.Script early = talk -> {
            talk.readHead();
            talk.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
            talk.in().transferTo(OutputStream.nullOutputStream());
        };
        Observation seen = ask(trusted, early, ROWS.repeat(1_000_000));

        assertThat(seen).isEqualTo(new Observation(Phase.ANSWER_COMPLETE, false, 413, null, null, "{}", null));
    }

    @Test
    void anAnswerCutInItsHeadIsNoAnswer() throws Exception {
        Observation seen = ask(trusted, RawServer.answering("HTTP/1.1 201 Cre"), ROWS);

        assertThat(seen.phase()).isEqualTo(Phase.BODY_WRITTEN);
        assertThat(seen.fault()).isEqualTo(WireFault.of("expected a whole answer, but its head broke off"));
    }

    @Test
    void anUnknownAuthorityGetsNothing() throws Exception {
        Observation seen = ask(trusted, ApiTls.ofTheMachine());

        assertUntrusted(seen, "127\\.0\\.0\\.1", "its authority is not trusted here");
    }

    @Test
    void anotherHostsCertificateGetsNothing() throws Exception {
        ServerSocketFactory other = certificates.server("other", "CN=127.0.0.1", "-ext", "san=dns:other.example.org");

        assertUntrusted(ask(other, RawServer.answering(OK), ROWS), "other\\.example\\.org", "it is for another host");
    }

    @Test
    void aCertificateThatHasEndedGetsNothing() throws Exception {
        ServerSocketFactory ended =
                certificates.server("ended", "CN=api", "-ext", HERE, "-startdate", "-9d", "-validity", "3");

        assertUntrusted(ask(ended, RawServer.answering(OK), ROWS), "127\\.0\\.0\\.1", "it has ended");
    }

    @Test
    void aCertificateThatIsNotYetValidGetsNothing() throws Exception {
        ServerSocketFactory early = certificates.server("early", "CN=api", "-ext", HERE, "-startdate", "+3d");

        assertUntrusted(
                ask(early, RawServer.answering(OK), ROWS),
                "127\\.0\\.0\\.1",
                "it is not valid yet \\(is this machine's clock right\\?\\)");
    }

    /** All that is wrong is told at once; what a stranger wrote is cut, and holds no address. */
    @Test
    void whatACertificateSaysIsCut() throws Exception {
        String names = IntStream.range(0, 40)
                .mapToObj(i -> "dns:n" + i + ".example.org")
                .collect(Collectors.joining(","));
        ServerSocketFactory hostile = certificates.server(
                "hostile",
                "CN=ann@example.org",
                "-ext",
                "san=dns:" + "x".repeat(63) + "." + "y".repeat(63) + "," + names,
                "-startdate",
                "-9d",
                "-validity",
                "3");
        Observation seen = ask(hostile, RawServer.answering(OK), ROWS);

        assertUntrusted(
                seen,
                "x{63}\\.y{36}…, n0\\.example\\.org, n1\\.example\\.org, n2\\.example\\.org, n3\\.example\\.org and 36"
                        + " more",
                "it has ended; it is for another host");
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws Exception {
        assertFails(talk -> talk.write("220 hello\r\n"), "but what answered does not speak TLS");
    }

    @Test
    void aServerThatHangsUpInTheHandshakeGetsNothing() throws Exception {
        assertFails(talk -> talk.read(1), "but the connection was closed before it stood");
    }

    @Test
    void anAlertIsTold() throws Exception {
        assertFails(
                talk -> {
                    talk.read(1);
                    talk.write("\u0015\u0003\u0003\u0000\u0002\u0002F");
                    talk.stall();
                },
                "but the other side ended it (protocol_version)");
    }

    private void assertFails(RawServer.Script script, String words) throws Exception {
        try (RawServer server = RawServer.plain(script);
                ApiRoute route = new ApiRoute("https://127.0.0.1:" + server.port(), ApiRoute.LONG)) {
            Observation seen = route.send(request(ROWS));
            assertThat(seen)
                    .isEqualTo(nothing(new WireFault(WireFault.Kind.TLS, "expected a TLS connection, " + words)));
        }
    }

    @Test
    void aServerThatNeverShakesHandsIsOfTheWire() throws Exception {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = new ApiRoute("https://127.0.0.1:" + server.port(), ApiRoute.SHORT)) {
            assertThat(route.send(request(ROWS)))
                    .isEqualTo(nothing(WireFault.of("expected a connection within 600 ms, found none")));
        }
    }

    @Test
    void anotherTrustCountsFromTheNextRequestOn() throws Exception {
        try (RawServer server = RawServer.with(trusted, RawServer.answering(OK));
                ApiRoute route = route(server, ApiTls.ofTheMachine())) {
            assertThat(route.send(request(ROWS)).phase()).isEqualTo(Phase.NOTHING_WRITTEN);

            route.trust(ApiTls.of(null, certificates.trust()));
            assertThat(route.send(request(ROWS)).status()).isEqualTo(201);
        }
    }

    private static Observation nothing(WireFault fault) {
        return new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", fault);
    }

    private static void assertUntrusted(Observation seen, String names, String verdict) {
        WireFault fault = Objects.requireNonNull(seen.fault());
        assertThat(seen).isEqualTo(nothing(fault));
        assertThat(fault.kind()).isEqualTo(WireFault.Kind.TLS);
        assertThat(fault.words())
                .matches("expected a certificate of a trusted authority for 127\\.0\\.0\\.1, found one for " + names
                        + ", issued by CN=an authority of the tests, valid from " + TIME + " to " + TIME + ": "
                        + verdict);
    }

    private Observation ask(ServerSocketFactory sockets, RawServer.Script script, String rows) throws Exception {
        return ask(sockets, script, rows, ApiTls.of(null, certificates.trust()));
    }

    private Observation ask(ServerSocketFactory sockets, ApiTls trust) throws Exception {
        return ask(sockets, RawServer.answering(OK), ROWS, trust);
    }

    private Observation ask(ServerSocketFactory sockets, RawServer.Script script, String rows, ApiTls trust)
            throws Exception {
        try (RawServer server = RawServer.with(sockets, script);
                ApiRoute route = route(server, trust)) {
            return route.send(request(rows));
        }
    }

    private static ApiRoute route(RawServer server, ApiTls trust) {
        return new ApiRoute("https://127.0.0.1:" + server.port(), ApiRoute.LONG, ApiKey.ofToken("key"), trust);
    }

    private static ApiRequest request(String rows) throws IOException {
        return new ApiRequest.Import(7, List.of(), Slices.whole(dir.resolve("clean.csv"), rows));
    }
}
