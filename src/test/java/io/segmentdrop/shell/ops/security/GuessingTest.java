package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody guesses passwords at the real web server. Each client has an address of its own. */
class GuessingTest {

    private static final String HASHED = "{bcrypt}$2a$04$nGzKw4u8fSo.1PPi/kgoqOMkh4EWYTmlRjZUHhnRizqoc4OkA4C6m";

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.start("--segment-drop.ops.users.vera.password=" + HASHED);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static HttpClient from(int last) throws Exception {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}))
                .cookieHandler(new CookieManager())
                .build();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.port() + path));
    }

    private static HttpResponse<String> ask(HttpClient client, String user, String password) throws Exception {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return client.send(
                to("/api/drops").header("Authorization", "Basic " + basic).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> signIn(HttpClient browser, String user, String password) throws Exception {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(browser.send(to("/login").build(), BodyHandlers.ofString())
                        .body());
        assertThat(token.find()).isTrue();
        String form = "username=" + user + "&password=" + password + "&_csrf=" + token.group(1);
        return browser.send(
                to("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void machinesAndFormsAreToldToWait() throws Exception {
        HttpClient guesser = from(11);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(guesser, "alice", "guess" + i).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> slowed = ask(guesser, "alice", "s3cret");
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).hasValue("1");
        HttpResponse<String> form = signIn(guesser, "alice", "s3cret");
        assertThat(form.statusCode()).isEqualTo(429);
        assertThat(form.headers().firstValue("Retry-After")).hasValue("1");

        assertThat(ask(from(12), "alice", "s3cret").statusCode()).isEqualTo(200);
        assertThat(signIn(from(13), "alice", "s3cret").headers().firstValue("Location"))
                .hasValue("/");
        site.clock().advance(Duration.ofSeconds(1));
        assertThat(ask(guesser, "alice", "guess").statusCode()).isEqualTo(401);
    }

    @Test
    void aPasswordMayBeGivenAsItsHash() throws Exception {
        assertThat(ask(from(21), "vera", "looks").statusCode()).isEqualTo(200);
        assertThat(ask(from(22), "vera", HASHED).statusCode()).isEqualTo(401);
        assertThat(ask(from(23), "vera", "look").statusCode()).isEqualTo(401);
    }
}
