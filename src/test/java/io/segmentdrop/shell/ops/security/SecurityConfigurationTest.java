package io.segmentdrop.shell.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules over a real port, with the jar's own settings. */
class SecurityConfigurationTest {

    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("alice:s3cret".getBytes(StandardCharsets.UTF_8));

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() {
        site = Site.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void theProbesAreOpenAndSayNoMore(String path) throws Exception {
        HttpResponse<String> answer = send(get(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/, */*",
        "/api/drops, */*",
        "/api/drops, application/json",
        "/actuator/health, application/json",
        "/actuator/health/liveness/x, */*",
        "/actuator/health/liveness/, */*",
        "/actuator/info, */*",
        "/actuator/prometheus, text/plain",
        "/actuator, */*",
        "/sandbox/api/3.2/x, */*",
        "/error, */*",
        "/nothing/here, application/json",
    })
    void aMachineWithoutASignInIsToldHow(String path, String accept) throws Exception {
        HttpResponse<String> answer = send(get(path).header("Accept", accept));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly("Basic realm=\"segment-drop\", charset=\"UTF-8\"");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void aBrowserWithoutASignInIsShownTheForm() throws Exception {
        HttpResponse<String> answer = send(get("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/login");
        assertThat(send(get("/login")).body()).contains("<form", "name=\"password\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/drops", "/actuator/health", "/actuator/info"})
    void basicOpens(String path) throws Exception {
        HttpResponse<String> answer = send(get(path).header("Authorization", BASIC));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void whoIsSignedInSeesTheDetailsOfHealth() throws Exception {
        assertThat(send(get("/actuator/health").header("Authorization", BASIC)).body())
                .contains("\"components\"", "\"groups\":[\"liveness\",\"readiness\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:wrong", "bob:s3cret", "alice:", ":"})
    void aWrongPasswordDoesNot(String credentials) throws Exception {
        String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));

        assertThat(send(get("/api/drops").header("Authorization", basic)).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "heapdump",
                "configprops",
                "threaddump",
                "loggers",
                "beans",
                "metrics",
                "camelroutes",
                "shutdown"
            })
    void noOtherEndpointIsThere(String endpoint) throws Exception {
        assertThat(send(get("/actuator/" + endpoint).header("Authorization", BASIC))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aMachineActsWithoutACsrfToken() throws Exception {
        assertThat(send(post("/api/act", "").header("Authorization", BASIC)).body())
                .isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-origin"
    })
    void aPageThatRemembersABasicPasswordDoesNot(String header, String value) throws Exception {
        HttpRequest.Builder request =
                post("/api/act", "").header("Authorization", BASIC).header(header, value);

        assertThat(send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void aSignedInPersonActsWithATokenOnly() throws Exception {
        HttpResponse<String> signedIn = signIn("alice", "s3cret");

        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(signedIn.headers().firstValue("Location")).hasValue("/");
        assertThat(send(post("/api/act", "")).statusCode()).isEqualTo(403);
        assertThat(send(post("/api/act", "_csrf=" + send(get("/api/token")).body()))
                        .body())
                .isEqualTo("done");
    }

    @Test
    void theSessionsCookieStaysHere() throws Exception {
        assertThat(signIn("alice", "s3cret").headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID="))
                .singleElement()
                .asString()
                .contains("; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Secure");
    }

    @Test
    void aWrongPasswordInTheFormComesBackToIt() throws Exception {
        assertThat(signIn("alice", "wrong").headers().firstValue("Location")).hasValue("/login?error");
        assertThat(send(get("/api/drops")).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        X-Content-Type-Options     | nosniff
        X-Frame-Options            | DENY
        Referrer-Policy            | same-origin
        Cross-Origin-Opener-Policy | same-origin
        Cache-Control              | no-cache, no-store, max-age=0, must-revalidate
        Permissions-Policy         | camera=(), geolocation=(), microphone=(), payment=(), usb=()
        Content-Security-Policy    | default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """)
    void everyAnswerIsFramed(String header, @org.jspecify.annotations.Nullable String value) throws Exception {
        for (String path : List.of("/login", "/api/drops", "/actuator/health/liveness", "/nothing")) {
            assertThat(send(get(path).header("Authorization", BASIC)).headers().allValues(header))
                    .as(path)
                    .containsExactly(value);
        }
    }

    @Test
    void anErrorSaysNothingOfTheInside() throws Exception {
        HttpResponse<String> answer = send(get("/api/broken").header("Authorization", BASIC));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Internal Server Error")
                .doesNotContain("inside", "IllegalState", "io.segmentdrop");
    }

    @Test
    void theStandInOfTheSandboxHasItsOwnKey() throws Exception {
        try (Site sandbox = Site.start("--spring.profiles.active=sandbox")) {
            int port = sandbox.port();

            assertThat(send(post(port, "/sandbox/act", "")).body()).isEqualTo("done");
            assertThat(send(post(port, "/api/act", "")).statusCode()).isNotEqualTo(200);
            assertThat(send(get(port, "/api/drops")).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aStrangerGetsNoSession() throws Exception {
        int before = site.sessions();
        for (int i = 0; i < 300; i++) {
            site.ask("GET /login HTTP/1.1\r\nHost: x\r\n\r\n");
            site.ask("GET /page-" + i + "?q=1 HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n");
            site.ask("GET /api/drops HTTP/1.1\r\nHost: x\r\n\r\n");
            site.ask("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b");
        }
        HttpClient stranger =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertThat(signIn(stranger, "nobody", "wrong").headers().firstValue("Location"))
                .hasValue("/login?error");

        assertThat(site.sessions()).isEqualTo(before);
    }

    @Test
    void theOldestSessionOfAPersonEndsForOneMore() throws Exception {
        List<HttpClient> browsers = Stream.generate(() -> HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .build())
                .limit(Seats.OF_ONE + 1)
                .toList();
        for (HttpClient browser : browsers) {
            signIn(browser, "alice", "s3cret");
            assertThat(who(browser)).isEqualTo(200);
        }

        assertThat(who(browsers.getFirst())).isEqualTo(401);
        assertThat(who(browsers.get(1))).isEqualTo(200);
        assertThat(site.sessions()).isEqualTo(Seats.OF_ONE);
    }

    private int who(HttpClient browser) throws Exception {
        return browser.send(get("/api/who").build(), BodyHandlers.ofString()).statusCode();
    }

    @Test
    void afterTheSignInComesThePageThatWasWanted() throws Exception {
        send(get("/imports?state=held").header("Accept", "text/html"));
        assertThat(signIn("alice", "s3cret").headers().firstValue("Location")).hasValue("/imports?state=held");
        assertThat(signIn("alice", "s3cret").headers().firstValue("Location")).hasValue("/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET /             | Accept: text/html          | /login
        GET /imports      | Accept: text/html          | /login
        POST /logout      | Sec-Fetch-Site: cross-site | -
        GET //evil.test/  | Accept: text/html          | -
        """)
    void noRedirectNamesTheHostThatWasAsked(String line, String header, String place) throws Exception {
        String answer = site.ask(line + " HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\n" + header
                + "\r\nContent-Length: 0\r\n\r\n");

        if (!place.equals("-")) {
            assertThat(answer).contains("\r\nLocation: " + place + "\r\n");
        }
        assertThat(answer).doesNotContain("evil");
    }

    @Test
    void behindTlsTheCookiesAreSecureAndTheBrowserIsToldToStayThere() throws Exception {
        HttpResponse<String> form = send(get("/login").header("X-Forwarded-Proto", "https"));
        assertThat(form.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(form.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("csrf=", "; Secure", "; HttpOnly", "; SameSite=Strict");

        Matcher token = CSRF_FIELD.matcher(form.body());
        assertThat(token.find()).isTrue();
        String cookie = form.headers().allValues("Set-Cookie").getFirst().split(";", 2)[0];
        HttpRequest.Builder signIn = post("/login", "username=alice&password=s3cret&_csrf=" + token.group(1))
                .header("Cookie", cookie)
                .header("X-Forwarded-Proto", "https");
        HttpResponse<String> signedIn = HttpClient.newHttpClient().send(signIn.build(), BodyHandlers.ofString());

        assertThat(signedIn.headers().firstValue("Location")).hasValue("/");
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        session -> assertThat(session).startsWith("JSESSIONID=").contains("; Secure"));
    }

    @Test
    void withoutTlsThereIsNoSuchPromise() throws Exception {
        assertThat(send(get("/login")).headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    /** Somebody who can plant a cookie, from a neighbouring host, cannot act with it for a person who is signed in. */
    @Test
    void aPlantedTokenIsNoneAfterTheSignIn() throws Exception {
        HttpClient other = HttpClient.newHttpClient();
        HttpResponse<String> form = other.send(get("/login").build(), BodyHandlers.ofString());
        String planted = form.headers().allValues("Set-Cookie").getFirst().split(";", 2)[0];
        Matcher token = CSRF_FIELD.matcher(form.body());
        assertThat(token.find()).isTrue();
        String session = signIn("alice", "s3cret").headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .findFirst()
                .orElseThrow()
                .split(";", 2)[0];

        HttpRequest act = post("/api/act", "_csrf=" + token.group(1))
                .header("Cookie", session + "; " + planted)
                .build();

        assertThat(other.send(act, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> signIn(String user, String password) throws Exception {
        return signIn(client, user, password);
    }

    private static HttpResponse<String> signIn(HttpClient browser, String user, String password) throws Exception {
        Matcher token = CSRF_FIELD.matcher(
                browser.send(get("/login").build(), BodyHandlers.ofString()).body());
        assertThat(token.find()).isTrue();
        return browser.send(
                post("/login", "username=" + user + "&password=" + password + "&_csrf=" + token.group(1))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder get(String path) {
        return get(site.port(), path);
    }

    private static HttpRequest.Builder get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpRequest.Builder post(String path, String form) {
        return post(site.port(), path, form);
    }

    private static HttpRequest.Builder post(int port, String path, String form) {
        return get(port, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }
}
