package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time, in great number, before the real web server: a probe and the page are answered. */
class StrangersTest {

    /** More than Tomcat has threads, usually and here. */
    private static final int MANY = 300;

    private static final String PATIENT = "--server.tomcat.connection-timeout=10m";

    private static final String BASIC =
            "Authorization: Basic " + Base64.getEncoder().encodeToString("alice:s3cret".getBytes(UTF_8)) + "\r\n";

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        // so many connections that none ends for another, and none for its silence
        site = Site.start("--server.tomcat.max-connections=4000", PATIENT);
        // a password is remembered from its first use on; of many first uses at once, most would be told to come again
        everythingIsAnswered();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void many(String beginning) throws IOException {
        for (int i = 0; i < MANY; i++) {
            Socket socket = site.connect();
            open.add(socket);
            Site.write(socket, beginning);
        }
    }

    private static void everythingIsAnswered() throws IOException {
        probesAreAnswered();
        assertThat(site.ask("GET /login HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(site.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + BASIC
                        + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\nhello");
    }

    private static void probesAreAnswered() throws IOException {
        for (String probe : Entrance.PROBES) {
            assertThat(site.ask("GET " + probe + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("{\"status\":\"UP\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=",
                "POST /api/act HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
                "GET /actuator/health/liveness HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n",
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
                "GET /lo",
            })
    void whoSendsSlowlyCostsNoThread(String beginning) throws IOException {
        many(beginning);

        everythingIsAnswered();
    }

    @Test
    void whoReadsNothingCostsNoThread() throws IOException {
        many("GET /login HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200));

        everythingIsAnswered();
    }

    @Test
    void whenTooMuchIsUnderWayProbesAreAnsweredAndTheRestIsToldToComeAgain() throws IOException {
        String hangs = "GET /api/hangs HTTP/1.1\r\nHost: x\r\n" + BASIC + "\r\n";
        try {
            for (int i = 0; i < WebServerConfiguration.PLACES; i++) {
                Socket socket = site.connect();
                open.add(socket);
                Site.write(socket, hangs);
            }
            await().until(() -> site.controller().stuck() == WebServerConfiguration.PLACES);

            probesAreAnswered();
            assertThat(site.ask("GET /login HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\r\nRetry-After: 1\r\n");
        } finally {
            site.controller().goOn();
        }
        for (Socket socket : open) {
            assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 \r\n");
        }
        everythingIsAnswered();
    }

    /** Whoever is signed in may read slowly, and takes the places of others who are, but not those of the probes. */
    @Test
    void whoIsSignedInAndReadsNothingKeepsNoProbeWaiting() throws IOException {
        many("GET /api/large HTTP/1.1\r\nHost: x\r\n" + BASIC + "\r\n");

        probesAreAnswered();
        hangUp();
        await().untilAsserted(StrangersTest::everythingIsAnswered);
    }

    @Test
    void tenThousandIdleConnectionsKeepNobodyOut() throws IOException {
        try (Site few = Site.start(PATIENT)) {
            for (int i = 0; i < 10_000; i++) {
                open.add(few.connect());
            }
            assertThat(few.ask("GET /actuator/health/liveness HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .endsWith("{\"status\":\"UP\"}");
            assertThat(few.ask("GET /login HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4097\r\n\r\n",
                "Content-Length: 999999999999\r\n\r\n",
                "Content-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1001\r\n",
            })
    void aBodyThatIsTooLargeIsRefusedUnread(String rest) throws IOException {
        String body = rest.endsWith("1001\r\n") ? "x".repeat(4097) : "";

        assertThat(site.ask("POST /login HTTP/1.1\r\nHost: x\r\n" + rest + body))
                .startsWith("HTTP/1.1 413 ")
                .contains("\r\nConnection: close\r\n")
                .endsWith("Expected a body of at most 4096 bytes, found a larger one.\n");
    }

    @Test
    void theLargestBodyIsRead() throws IOException {
        String body = "x".repeat(Body.MOST);

        assertThat(site.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + BASIC
                        + "Content-Type: text/plain\r\nContent-Length: 4096\r\n\r\n" + body))
                .endsWith("\r\n\r\n" + body);
        assertThat(site.ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + BASIC
                        + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" + body
                        + "\r\n0\r\n\r\n"))
                .endsWith("\r\n\r\n" + body);
    }

    /** The rules of the sign-in hold for what waited for its body, too. */
    @Test
    void aBodyOpensNothing() throws IOException {
        String post = "POST /api/act HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n";
        String wrong =
                "Authorization: Basic " + Base64.getEncoder().encodeToString("alice:wrong".getBytes(UTF_8)) + "\r\n";

        assertThat(site.ask(post + "\r\na=b")).startsWith("HTTP/1.1 401 ");
        assertThat(site.ask(post + wrong + "\r\na=b")).startsWith("HTTP/1.1 401 ");
        assertThat(site.ask(post + BASIC + "Origin: http://evil.test\r\n\r\na=b"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(site.ask(post + BASIC + "\r\na=b")).startsWith("HTTP/1.1 200 ");
        assertThat(site.ask("GET /api/who HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aFormMayHoldAnyLetters() throws IOException {
        String form = "%C3%BC=%E2%82%AC&a=1&a=2";

        assertThat(site.ask("POST /api/form?a=0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + BASIC
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form))
                .endsWith("\r\n\r\na=[0, 1, 2] \\u00fc=[\\u20ac]");
    }

    @Test
    void anotherRequestMayFollowABodyOnTheSameConnection() throws IOException {
        String post =
                "POST /api/echo HTTP/1.1\r\nHost: x\r\n" + BASIC + "Content-Type: text/plain\r\nContent-Length: 3\r\n";

        assertThat(site.ask(post + "\r\none" + post + "Connection: close\r\n\r\ntwo"))
                .containsSubsequence("HTTP/1.1 200 ", "\r\n\r\none", "HTTP/1.1 200 ", "\r\n\r\ntwo");
    }
}
