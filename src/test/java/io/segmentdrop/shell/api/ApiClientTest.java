package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.FormField;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.ReplyClassifier;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {

    private static final String CREATED = "{\"error\":false,\"data\":[],\"message\":\"Import created.\"}";
    private static final String ROWS = "a@example.org,Ann\nb@example.org,Bob\n";
    private static final List<FormField> FIELDS =
            List.of(new FormField("clear", "0"), new FormField("tagsToAdd[]", "7"), new FormField("note", "Zoë"));

    @TempDir
    Path dir;

    @Test
    void sendsExactlyTheseBytes() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.answering(created()));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            Observation seen = route.send(small());

            assertThat(seen).isEqualTo(new Observation(Phase.ANSWER_COMPLETE, true, 201, null, null, CREATED, null));
            String request = server.received(0);
            String boundary = request.replaceFirst("(?s).*boundary=([0-9a-f]{32})\r\n.*", "$1");
            assertThat(request.replace(boundary, "BOUNDARY"))
                    .isEqualTo(
                            """
                            POST /api/3.2/messages/segments/100789/import HTTP/1.1
                            Authorization: Bearer canary-token-7c1f
                            Accept: application/json
                            Connection: close
                            Host: 127.0.0.1:%d
                            Content-Length: 496
                            Content-Type: multipart/form-data; boundary=BOUNDARY

                            --BOUNDARY
                            Content-Disposition: form-data; name="clear"

                            0
                            --BOUNDARY
                            Content-Disposition: form-data; name="tagsToAdd[]"

                            7
                            --BOUNDARY
                            Content-Disposition: form-data; name="note"

                            Zo\u00C3\u00AB
                            --BOUNDARY
                            Content-Disposition: form-data; name="file"; filename="import.csv"
                            Content-Type: text/csv

                            email,varr_firstname#a@example.org,Ann#b@example.org,Bob#
                            --BOUNDARY--
                            """.formatted(server.port()).replace("\n", "\r\n").replace("#", "\n"));
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                row("created", created(), Phase.ANSWER_COMPLETE, 201, CREATED, null),
                row("chunked", chunked("5\r\nhello\r\n0\r\n\r\n"), Phase.ANSWER_COMPLETE, 200, "hello", null),
                row("without a length", head("200 OK") + "\r\nhello", Phase.ANSWER_COMPLETE, 200, "hello", null),
                row("no content", head("204 No Content") + "\r\n", Phase.ANSWER_COMPLETE, 204, "", null),
                row(
                        "1xx first",
                        "HTTP/1.1 102 Processing\r\n\r\n" + created(),
                        Phase.ANSWER_COMPLETE,
                        201,
                        CREATED,
                        null),
                row(
                        "1xx only",
                        "HTTP/1.1 102 Processing\r\n\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer, but the connection was closed without one"),
                row(
                        "closed",
                        "",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer, but the connection was closed without one"),
                row(
                        "status line cut",
                        "HTTP/1.1 201 Cre",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected a whole answer, but its head broke off"),
                row(
                        "status line only",
                        "HTTP/1.1 201 Created\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected a whole answer, but its head broke off"),
                row(
                        "headers cut",
                        "HTTP/1.1 201 Created\r\nContent-Length: 2",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected a whole answer, but its head broke off"),
                row(
                        "blank line missing",
                        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected a whole answer, but its head broke off"),
                row(
                        "no HTTP",
                        "220 mail.example.org ESMTP\r\n\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer in HTTP/1.1, found something else"),
                row(
                        "switch of protocols",
                        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer in HTTP/1.1, found something else"),
                row(
                        "10000 headers",
                        "HTTP/1.1 201 Created\r\n" + "a: b\r\n".repeat(10_000) + "\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer with a head of sane size, found a larger one"),
                row(
                        "huge header",
                        "HTTP/1.1 201 Created\r\na: " + "b".repeat(100_000) + "\r\n\r\n",
                        Phase.BODY_WRITTEN,
                        0,
                        "",
                        "expected an answer with a head of sane size, found a larger one"),
                row(
                        "body cut",
                        head("201 Created") + "Content-Length: 55\r\n\r\n{\"err",
                        Phase.STATUS_READ,
                        201,
                        "{\"err",
                        "expected a whole answer, but its body broke off"),
                row(
                        "body missing",
                        head("201 Created") + "Content-Length: 55\r\n\r\n",
                        Phase.STATUS_READ,
                        201,
                        "",
                        "expected a whole answer, but its body broke off"),
                row(
                        "chunk cut",
                        chunked("a\r\n{\"err"),
                        Phase.STATUS_READ,
                        200,
                        "{\"err",
                        "expected a whole answer, but its body broke off"),
                row(
                        "last chunk missing",
                        chunked("5\r\nhello\r\n"),
                        Phase.STATUS_READ,
                        200,
                        "hello",
                        "expected a whole answer, but its body broke off"),
                row(
                        "chunk size is no number",
                        chunked("zz\r\nhello\r\n"),
                        Phase.STATUS_READ,
                        200,
                        "",
                        "expected an answer in HTTP/1.1, found something else"),
                row(
                        "gzip stays as it is",
                        head("200 OK") + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
                        Phase.ANSWER_COMPLETE,
                        200,
                        "abc",
                        null));
    }

    private static Arguments row(
            String name, String answer, Phase phase, int status, String body, @Nullable String fault) {
        return Arguments.of(
                name, answer, new Observation(phase, true, status, null, null, body, ApiRoute.fault(fault)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void seesEveryAnswerForWhatItIs(String name, String answer, Observation expected) throws IOException {
        try (RawServer server = RawServer.plain(RawServer.answering(answer));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            assertThat(route.send(small())).isEqualTo(expected);
            assertThat(server.hits()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 407, 408, 413, 421, 422, 425, 429, 500, 502, 503, 504})
    void asksOnceWhateverTheAnswer(int status) throws IOException {
        String challenge = "WWW-Authenticate: Basic realm=\"x\"\r\nProxy-Authenticate: Basic realm=\"x\"\r\n";
        String answer = head(status + " Word") + challenge + "Retry-After: 0\r\nContent-Length: 2\r\n\r\n{}";
        try (RawServer server = RawServer.plain(RawServer.answering(answer));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            assertThat(route.send(small()))
                    .isEqualTo(new Observation(Phase.ANSWER_COMPLETE, true, status, "0", null, "{}", null));
            assertThat(server.hits()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void neverFollowsARedirect(int status) throws IOException {
        try (RawServer other = RawServer.plain(RawServer.answering(created()));
                RawServer server = RawServer.plain(RawServer.answering(
                        head(status + " Moved") + "Location: " + url(other) + "/login\r\nContent-Length: 0\r\n\r\n"));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            Observation seen = route.send(small());

            assertThat(seen.status()).isEqualTo(status);
            assertThat(seen.location()).isEqualTo(url(other) + "/login");
            assertThat(other.hits()).isZero();
        }
    }

    @Test
    void keepsNoCookieAndNoConnection() throws IOException {
        String answer = head("200 OK") + "Set-Cookie: laravel_session=1; Path=/\r\nContent-Length: 2\r\n\r\n{}";
        try (RawServer server = RawServer.plain(talk -> {
                    talk.readRequest();
                    talk.write(answer);
                    talk.readRequest();
                });
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            route.send(small());
            route.send(small());

            assertThat(server.hits()).isEqualTo(2);
            assertThat(server.received(1)).doesNotContainIgnoringCase("cookie");
        }
    }

    @Test
    void noHeaderOfTheExchangeReachesTheApi() throws IOException {
        Map<String, Object> hostile = Map.of(
                "CamelHttpUri", "http://127.0.0.1:1/{{env:HOME}}",
                "CamelHttpPath", "/elsewhere",
                "CamelHttpQuery", "clear=1",
                "CamelHttpMethod", "DELETE",
                "CamelRestHttpUri", "http://127.0.0.1:1/",
                "Authorization", "Bearer other",
                "Content-Type", "text/plain",
                "x-evil", "1");
        try (RawServer server = RawServer.plain(RawServer.answering(created() + "x-answer: 1"));
                ApiRoute route = new ApiRoute(url(server) + "/prefix/", ApiRoute.LONG)) {
            Exchange done = route.exchange(small(), hostile);

            assertThat(Objects.requireNonNull(done.getMessage().getBody(Observation.class))
                            .status())
                    .isEqualTo(201);
            assertThat(server.received(0))
                    .startsWith("POST /prefix/api/3.2/messages/segments/100789/import HTTP/1.1\r\n");
            assertThat(server.received(0)
                            .split("\r\n\r\n", 2)[0]
                            .lines()
                            .skip(1)
                            .map(line -> line.replaceFirst(":.*", "")))
                    .containsExactly("Authorization", "Accept", "Connection", "Host", "Content-Length", "Content-Type");
            assertThat(server.received(0)).contains("Bearer " + ApiRoute.TOKEN).doesNotContain("other");
            assertThat(done.getMessage().getHeaders()).isEmpty();
        }
    }

    @Test
    void createsASegment() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.answering(created()));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            Observation seen = route.send(new ApiRequest.CreateSegment("{\"name\":\"Zoë\"}"));

            assertThat(seen.status()).isEqualTo(201);
            assertThat(seen.bodyWritten()).isTrue();
            assertThat(server.received(0))
                    .startsWith("POST /api/3.2/messages/segments HTTP/1.1\r\n")
                    .contains("Content-Type: application/json\r\n", "Content-Length: 15\r\n")
                    .endsWith("\r\n\r\n{\"name\":\"Zo\u00C3\u00AB\"}");
        }
    }

    @Test
    void asksForASegment() throws IOException {
        try (RawServer server =
                        RawServer.plain(RawServer.answering(head("404 Not Found") + "Content-Length: 0\r\n\r\n"));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            Observation seen = route.send(new ApiRequest.AskSegment(7));

            assertThat(seen).isEqualTo(new Observation(Phase.ANSWER_COMPLETE, true, 404, null, null, "", null));
            assertThat(server.received(0))
                    .isEqualTo("""
                        GET /api/3.2/messages/segments/7 HTTP/1.1
                        Authorization: Bearer canary-token-7c1f
                        Accept: application/json
                        Connection: close
                        Host: 127.0.0.1:%d

                        """.formatted(server.port()).replace("\n", "\r\n"));
        }
    }

    static Stream<Arguments> indiscretions() {
        String basic = Base64.getEncoder().encodeToString(("Bearer " + ApiRoute.TOKEN).getBytes(UTF_8));
        String all = ApiRoute.TOKEN + " " + basic;
        return Stream.of(
                Arguments.of(
                        "in the body",
                        "Content-Length: " + all.length() + "\r\n\r\n" + all,
                        "\\*{3} [A-Za-z0-9]*\\*{3}"),
                Arguments.of(
                        "where the body breaks off",
                        "Content-Length: 999\r\n\r\nyou sent " + ApiRoute.TOKEN.substring(0, 9),
                        "you sent \\*{3}"),
                Arguments.of(
                        "where what is kept of it is cut off",
                        "Content-Length: 2059\r\n\r\n" + "x".repeat(2043) + ApiRoute.TOKEN,
                        "x{2043}\\*{3}"),
                Arguments.of(
                        "behind addresses, which become shorter",
                        "\r\n" + "a".repeat(60) + "@" + "b".repeat(200) + " " + "c@d.e ".repeat(637) + ApiRoute.TOKEN,
                        "(\\*{3}@\\*{3} )+.{0,5}"));
    }

    /** An error page that repeats what it was asked. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("indiscretions")
    void anAnswerIsKeptWithoutTheKey(String name, String answer, String kept) throws IOException {
        try (RawServer server =
                        RawServer.plain(RawServer.answering("HTTP/1.1 500 " + ApiRoute.TOKEN + "\r\n" + answer));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            Observation seen = route.send(small());

            assertThat(seen.answer().body()).matches(kept);
            assertThat(String.valueOf(ReplyClassifier.classify(seen, Instant.EPOCH)))
                    .doesNotContain("canary", "7c1f");
        }
    }

    @Test
    void aLocationIsKeptWithoutTheKey() throws IOException {
        String answer = "HTTP/1.1 302 Found\r\nLocation: /failed/" + ApiRoute.TOKEN + "/x\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.plain(RawServer.answering(answer));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG)) {
            assertThat(route.send(small()).location()).isEqualTo("/failed/***/x");
        }
    }

    @Test
    void withoutAKeyNothingIsSent() throws IOException {
        try (RawServer server = RawServer.plain(RawServer.answering(created()));
                ApiRoute route = new ApiRoute(url(server), ApiRoute.LONG, ApiKey.ofToken(""), ApiTls.ofTheMachine())) {
            assertThat(route.send(small()))
                    .isEqualTo(new Observation(
                            Phase.NOTHING_WRITTEN,
                            false,
                            0,
                            null,
                            null,
                            "",
                            ApiRoute.fault("expected the API key alone in api.token, found nothing")));
            assertThat(server.hits()).isZero();
        }
    }

    private ApiRequest small() throws IOException {
        return new ApiRequest.Import(100789, FIELDS, Slices.whole(dir.resolve("clean.csv"), ROWS));
    }

    private static String created() {
        return head("201 Created") + "Content-Length: " + CREATED.length() + "\r\n\r\n" + CREATED;
    }

    private static String chunked(String chunks) {
        return head("200 OK") + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    private static String head(String status) {
        return "HTTP/1.1 " + status + "\r\nServer: raw\r\n";
    }

    private static String url(RawServer server) {
        return "http://127.0.0.1:" + server.port();
    }
}
