package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates made on the spot by the JDK's own keytool. */
@Timeout(60)
class ApiTlsTest {

    private static final String OK = "HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{\"error\":false}";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path dir = Path.of("");

    private static @Nullable KeyStore made;
    private final KeyStore store = Objects.requireNonNull(made);

    @BeforeAll
    static void makeCertificate() throws Exception {
        made = certificate("api.p12", "san=ip:127.0.0.1");
    }

    @Test
    void aTrustedServerGetsTheRequest() throws Exception {
        Observation seen = ask(store, context(store), RawServer.answering(OK), "a@example.org,Ann\n");

        assertThat(seen)
                .isEqualTo(new Observation(
                        Phase.ANSWER_COMPLETE, true, 201, null, null, "{\"error\":false}", null, false));
    }

    @Test
    void anEarlyAnswerIsHeardThroughTls() throws Exception {
        RawServer.Script early = talk -> {
            talk.readHead();
            talk.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
            talk.in().transferTo(OutputStream.nullOutputStream());
        };
        Observation seen = ask(store, context(store), early, "a@example.org,Ann\n".repeat(1_000_000));

        assertThat(seen).isEqualTo(new Observation(Phase.ANSWER_COMPLETE, false, 413, null, null, "{}", null, false));
    }

    @Test
    void anAnswerCutInItsHeadIsNoAnswer() throws Exception {
        Observation seen = ask(store, context(store), RawServer.answering("HTTP/1.1 201 Cre"), "a@example.org,Ann\n");

        assertThat(seen.phase()).isEqualTo(Phase.BODY_WRITTEN);
        assertThat(seen.fault()).isEqualTo("expected a whole answer, but its head broke off");
    }

    @Test
    void anUnknownAuthorityGetsNothing() throws Exception {
        assertUntrusted(
                ask(store, SSLContexts.createDefault(), RawServer.answering(OK), "a@example.org,Ann\n"),
                "expected a trusted TLS connection, found a certificate of an unknown authority");
    }

    @Test
    void anotherHostsCertificateGetsNothing() throws Exception {
        KeyStore other = certificate("other.p12", "san=dns:other.example.org");
        assertUntrusted(
                ask(other, context(other), RawServer.answering(OK), "a@example.org,Ann\n"),
                "expected a trusted TLS connection, found a certificate for another host");
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws Exception {
        try (RawServer server = RawServer.plain(talk -> talk.write("220 hello\r\n"));
                ApiRoute route = new ApiRoute("https://127.0.0.1:" + server.port(), ApiRoute.LONG)) {
            assertUntrusted(
                    route.send(request("a@example.org,Ann\n")),
                    "expected a trusted TLS connection, but the handshake failed");
        }
    }

    @Test
    void aServerThatNeverShakesHandsGetsNothing() throws Exception {
        try (RawServer server = RawServer.plain(RawServer.Talk::stall);
                ApiRoute route = new ApiRoute("https://127.0.0.1:" + server.port(), ApiRoute.SHORT)) {
            assertUntrusted(
                    route.send(request("a@example.org,Ann\n")), "expected a connection within 600 ms, found none");
        }
    }

    private static void assertUntrusted(Observation seen, @Nullable String fault) {
        assertThat(seen).isEqualTo(new Observation(Phase.NOTHING_WRITTEN, false, 0, null, null, "", fault, false));
    }

    private Observation ask(KeyStore own, SSLContext trust, RawServer.Script script, String rows) throws Exception {
        try (RawServer server = RawServer.with(context(own).getServerSocketFactory(), script);
                ApiRoute route = new ApiRoute(
                        "https://127.0.0.1:" + server.port(), ApiRoute.LONG, ApiKey.ofToken("key"), trust)) {
            return route.send(request(rows));
        }
    }

    private ApiRequest request(String rows) throws IOException {
        return new ApiRequest.Import(7, List.of(), Slices.whole(dir.resolve("clean.csv"), rows));
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore certificate(String name, String san) throws Exception {
        Path file = dir.resolve(name);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "api",
                "-dname",
                "CN=api",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString(),
                "-ext",
                san,
                "-validity",
                "2");
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        store.setCertificateEntry("trusted", store.getCertificate("api"));
        return store;
    }
}
