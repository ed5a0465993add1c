package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Signing in at an issuer of OpenID Connect: a small one of our own, over real sockets. */
class IssuerTest {

    private static HttpServer issuer;
    private static RSAKey key;
    private static ServletWebServerApplicationContext server;
    private static volatile String nonce = "";
    private static volatile List<String> groups = List.of();

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        issuer.createContext("/", IssuerTest::answer);
        issuer.start();
        server = (ServletWebServerApplicationContext) new SpringApplication(Site.Server.class)
                .run(
                        "--server.port=0",
                        "--spring.main.register-shutdown-hook=false",
                        "--segment-drop.ops.password=s3cret",
                        "--segment-drop.ops.issuer.uri=" + uri(),
                        "--segment-drop.ops.issuer.client-id=drop",
                        "--segment-drop.ops.issuer.client-secret=hush",
                        "--segment-drop.ops.issuer.operators=imports-admin",
                        "--segment-drop.ops.issuer.viewers=imports,support");
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.stop(0);
    }

    private static String uri() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/authorize")) {
                String query = exchange.getRequestURI().getQuery();
                nonce = parameter(query, "nonce");
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                parameter(query, "redirect_uri") + "?code=c&state="
                                        + parameter(query, "state").replace("=", "%3D"));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] body = body(path).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String parameter(String query, String name) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String body(String path) {
        return switch (path) {
            case "/.well-known/openid-configuration" -> """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}\
                """.formatted(uri());
            case "/keys" -> new JWKSet(key.toPublicJWK()).toString();
            case "/token" -> """
                {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}\
                """.formatted(token());
            default -> "";
        };
    }

    private static String token() {
        try {
            Instant now = Instant.now();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(uri())
                            .subject("4711")
                            .audience("drop")
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plusSeconds(60)))
                            .claim("nonce", nonce)
                            .claim("preferred_username", "olga")
                            .claim("groups", groups)
                            .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port() {
        return Objects.requireNonNull(server.getWebServer()).getPort();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://localhost:" + port() + path);
        return browser.send(
                HttpRequest.newBuilder(uri).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    @Test
    void theClaimDecidesOnTheRole() throws Exception {
        groups = List.of("staff", "imports-admin");
        get("/oauth2/authorization/issuer");
        assertThat(get("/api/who").body()).isEqualTo("olga [ROLE_OPERATOR]");

        groups = List.of("support");
        get("/oauth2/authorization/issuer");
        assertThat(get("/api/who").body()).isEqualTo("olga [ROLE_VIEWER]");

        groups = List.of("staff");
        get("/oauth2/authorization/issuer");
        assertThat(get("/api/who").statusCode()).isEqualTo(403);
    }

    @Test
    void theSessionComesBackFromTheIssuer() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port() + "/oauth2/authorization/issuer"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).startsWith(uri() + "/authorize?response_type=code"));
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Lax");
    }
}
