package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.shell.config.SegmentDropProperties;
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
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules over a real port, with the jar's own settings. */
class SecurityConfigurationTest {

    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("alice:s3cret".getBytes(StandardCharsets.UTF_8));

    @SuppressWarnings("NullAway.Init")
    private static ServletWebServerApplicationContext server;

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() {
        server = start("default");
    }

    @AfterAll
    static void stop() {
        server.close();
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
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/login"));
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
        assertThat(signedIn.headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/"));
        assertThat(send(post("/api/act", "")).statusCode()).isEqualTo(403);
        assertThat(send(post("/api/act", "_csrf=" + send(get("/api/token")).body()))
                        .body())
                .isEqualTo("done");
    }

    @Test
    void theSessionsCookieStaysHere() throws Exception {
        assertThat(signIn("alice", "s3cret").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("JSESSIONID=")
                .contains("; HttpOnly", "; SameSite=Strict");
    }

    @Test
    void aWrongPasswordInTheFormComesBackToIt() throws Exception {
        assertThat(signIn("alice", "wrong").headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/login?error"));
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
        try (ServletWebServerApplicationContext sandbox = start("sandbox")) {
            int port = port(sandbox);

            assertThat(send(post(port, "/sandbox/act", "")).body()).isEqualTo("done");
            assertThat(send(post(port, "/api/act", "")).statusCode()).isNotEqualTo(200);
            assertThat(send(get(port, "/api/drops")).statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> signIn(String user, String password) throws Exception {
        Matcher token = CSRF_FIELD.matcher(send(get("/login")).body());
        assertThat(token.find()).isTrue();
        return send(post("/login", "username=" + user + "&password=" + password + "&_csrf=" + token.group(1)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static int port(ServletWebServerApplicationContext running) {
        return Objects.requireNonNull(running.getWebServer()).getPort();
    }

    private static HttpRequest.Builder get(String path) {
        return get(port(server), path);
    }

    private static HttpRequest.Builder get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpRequest.Builder post(String path, String form) {
        return post(port(server), path, form);
    }

    private static HttpRequest.Builder post(int port, String path, String form) {
        return get(port, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static ServletWebServerApplicationContext start(String profile) {
        SpringApplication application = new SpringApplication(Server.class);
        application.setAdditionalProfiles(profile);
        return (ServletWebServerApplicationContext) application.run(
                "--server.port=0",
                "--segment-drop.ops.user=alice",
                "--segment-drop.ops.password=s3cret",
                "--spring.main.register-shutdown-hook=false");
    }

    // the application's JSON is Jackson 2 as long as Camel's is
    @SuppressWarnings("removal")
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SegmentDropProperties.class)
    @Import({SecurityConfiguration.class, Controller.class})
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        Jackson2AutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        ApplicationAvailabilityAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        HealthContributorRegistryAutoConfiguration.class,
        HealthContributorAutoConfiguration.class,
        HealthEndpointAutoConfiguration.class,
        AvailabilityHealthContributorAutoConfiguration.class,
        AvailabilityProbesAutoConfiguration.class,
        InfoEndpointAutoConfiguration.class,
        EnvironmentEndpointAutoConfiguration.class,
        ManagementContextAutoConfiguration.class,
        ServletManagementContextAutoConfiguration.class
    })
    static class Server {

        @Bean
        HealthIndicator ownHealthIndicator() {
            return () -> Health.up().build();
        }
    }

    @RestController
    static class Controller {

        @GetMapping("/api/drops")
        String drops() {
            return "[]";
        }

        @GetMapping("/api/broken")
        String broken() {
            throw new IllegalStateException("the inside");
        }

        @GetMapping(path = "/login", produces = "text/html")
        String signIn(CsrfToken token) {
            return "<form><input name=\"password\"><input type=\"hidden\" name=\"_csrf\" value=\"" + token.getToken()
                    + "\">";
        }

        @GetMapping("/api/token")
        String token(CsrfToken token) {
            return token.getToken();
        }

        @GetMapping("/api/who")
        String who(Authentication user) {
            return user.getName() + " " + user.getAuthorities();
        }

        @PostMapping({"/api/act", "/sandbox/act"})
        String act() {
            return "done";
        }
    }
}
