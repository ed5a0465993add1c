package io.segmentdrop.shell.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Signing in at an issuer of OpenID Connect: a small one of our own, over real sockets, which misbehaves at times. */
class IssuerTest {

    private static final String AWAY = "/oauth2/authorization/issuer";
    private static final String BACK = "/login/oauth2/code/issuer";

    private static OpenIdIssuer issuer;
    private static Site site;

    private final HttpClient browser = browser(HttpClient.Redirect.ALWAYS);

    @BeforeAll
    static void start() throws Exception {
        issuer = OpenIdIssuer.start();
        site = Site.start(arguments(issuer.uri()));
    }

    private static String[] arguments(String uri) {
        return new String[] {
            "--segment-drop.ops.issuer.uri=" + uri,
            "--segment-drop.ops.issuer.client-id=drop",
            "--segment-drop.ops.issuer.client-secret=hush",
            "--segment-drop.ops.issuer.operators=imports-admin",
            "--segment-drop.ops.issuer.viewers=imports,support"
        };
    }

    @AfterAll
    static void stop() {
        site.close();
        issuer.close();
    }

    @BeforeEach
    void everythingIsRight() {
        issuer.isRight("imports-admin");
    }

    private static HttpClient browser(HttpClient.Redirect follows) {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(follows)
                .build();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(browser, site, path);
    }

    private static HttpResponse<String> get(HttpClient browser, Site site, String path) throws Exception {
        return browser.send(request(site, path), BodyHandlers.ofString());
    }

    private static HttpRequest request(Site site, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + site.port() + path))
                .header("Accept", "text/html")
                .build();
    }

    private static String place(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staff,imports-admin=[ROLE_OPERATOR]", "support=[ROLE_VIEWER]"})
    void theClaimDecidesOnTheRole(String row) throws Exception {
        issuer.isRight(row.split("=", 2)[0].split(","));
        get(AWAY);

        assertThat(get("/api/who").body()).isEqualTo("olga " + row.split("=", 2)[1]);
    }

    @Test
    void whoHasNoGroupOfOursMayDoNothing() throws Exception {
        issuer.isRight("staff");
        get(AWAY);

        assertThat(get("/api/who").statusCode()).isEqualTo(403);
    }

    @Test
    void theWayThereCostsNoSessionAndKeepsWhatMustComeBack() throws Exception {
        int before = site.sessions();
        HttpClient stranger = browser(HttpClient.Redirect.NEVER);
        HttpResponse<String> answer = get(stranger, site, AWAY);
        for (int i = 0; i < 100; i++) {
            get(browser(HttpClient.Redirect.NEVER), site, AWAY);
        }

        assertThat(place(answer))
                .startsWith(issuer.uri() + "/authorize?response_type=code")
                .contains("code_challenge=");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("issuer=")
                .contains("Path=/login/oauth2/", "HttpOnly", "SameSite=Lax", "Max-Age=600");
        assertThat(site.sessions()).isEqualTo(before);
    }

    @Test
    void theSessionIsBroughtAlongFromTheIssuer() throws Exception {
        HttpClient slow = browser(HttpClient.Redirect.NEVER);
        HttpResponse<String> back = comeBack(slow, place(get(slow, site, AWAY)));

        assertThat(place(back)).isEqualTo("/");
        assertThat(back.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("JSESSIONID=").contains("HttpOnly", "SameSite=Lax"));
    }

    /** Goes to the issuer and comes back. */
    private static HttpResponse<String> comeBack(HttpClient browser, String away) throws Exception {
        HttpResponse<String> sent =
                browser.send(HttpRequest.newBuilder(URI.create(away)).build(), BodyHandlers.ofString());
        return browser.send(HttpRequest.newBuilder(URI.create(place(sent))).build(), BodyHandlers.ofString());
    }

    @Test
    void afterTheSignInComesThePageThatWasWanted() throws Exception {
        HttpClient slow = browser(HttpClient.Redirect.NEVER);
        assertThat(place(get(slow, site, "/imports?state=held"))).isEqualTo("/login");

        assertThat(place(comeBack(slow, place(get(slow, site, AWAY))))).isEqualTo("/imports?state=held");
    }

    @Test
    void onlyWhatWasSentAwayComesBack() throws Exception {
        int tokens = issuer.asked("/token");
        HttpClient slow = browser(HttpClient.Redirect.NEVER);

        assertThat(place(get(slow, site, BACK + "?code=c&state=planted")))
                .as("no cookie")
                .isEqualTo("/login?issuer");
        String away = place(get(slow, site, AWAY));
        assertThat(place(get(slow, site, BACK + "?code=c&state=planted")))
                .as("another state")
                .isEqualTo("/login?issuer");
        assertThat(place(comeBack(slow, away))).as("it is asked for once").isEqualTo("/login?issuer");
        assertThat(place(get(slow, site, BACK + "?error=access_denied&state=x")))
                .isEqualTo("/login?issuer");

        assertThat(issuer.asked("/token")).isEqualTo(tokens);
    }

    /** Tokens that are not for us, not from the issuer, not of now, or not of this sign-in. */
    private enum Forged {
        OTHER_NONCE(claims -> claims.claim("nonce", "n")),
        NO_NONCE(claims -> claims.claim("nonce", null)),
        OTHER_AUDIENCE(claims -> claims.audience("other")),
        OTHER_ISSUER(claims -> claims.issuer("https://evil.test")),
        EXPIRED(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3600)))
                .issueTime(Date.from(Instant.now().minusSeconds(7200)))),
        NO_NAME(claims -> claims.claim("preferred_username", null)),
        NO_SUBJECT(claims -> claims.subject(null));

        @SuppressWarnings("ImmutableEnumChecker")
        private final UnaryOperator<JWTClaimsSet.Builder> change;

        Forged(UnaryOperator<JWTClaimsSet.Builder> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("ExposedPrivateType")
    void aForgedTokenOpensNothing(Forged forged) throws Exception {
        issuer.claims(forged.change);
        HttpClient slow = browser(HttpClient.Redirect.NEVER);

        assertThat(place(comeBack(slow, place(get(slow, site, AWAY))))).isEqualTo("/login?issuer");
        assertThat(get(slow, site, "/api/who").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aTokenOfAnotherKeyOpensNothing() throws Exception {
        issuer.signsWithAnotherKey();
        HttpClient slow = browser(HttpClient.Redirect.NEVER);

        assertThat(place(comeBack(slow, place(get(slow, site, AWAY))))).isEqualTo("/login?issuer");
    }

    @ParameterizedTest
    @EnumSource
    void anIssuerThatMisbehavesAtTheEndSignsNobodyIn(OpenIdIssuer.Wrong how) throws Exception {
        issuer.isWrong("/token", how);
        HttpClient slow = browser(HttpClient.Redirect.NEVER);

        assertThat(place(comeBack(slow, place(get(slow, site, AWAY))))).isEqualTo("/login?issuer");
    }

    @ParameterizedTest
    @EnumSource
    void anIssuerThatMisbehavesStopsNeitherTheStartNorOthers(OpenIdIssuer.Wrong how) throws Exception {
        try (OpenIdIssuer hostile = OpenIdIssuer.start();
                Site other = Site.start(arguments(hostile.uri()))) {
            hostile.isWrong(OpenIdIssuer.METADATA, how);
            HttpClient slow = browser(HttpClient.Redirect.NEVER);

            assertThat(place(get(slow, other, AWAY))).isEqualTo("/login?issuer");
            assertThat(get(slow, other, "/login").statusCode()).isEqualTo(200);

            hostile.isRight("imports-admin");
            assertThat(place(comeBack(slow, place(get(slow, other, AWAY)))))
                    .as("as soon as it behaves")
                    .isEqualTo("/");
        }
    }

    @Test
    void anIssuerThatIsNotThereIsToldOnce() throws Exception {
        String nowhere;
        try (OpenIdIssuer gone = OpenIdIssuer.start()) {
            nowhere = gone.uri();
        }
        Logger logger = (Logger) LoggerFactory.getLogger("ROOT");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        try (Site other = Site.start(arguments(nowhere))) {
            logger.addAppender(log);
            for (int i = 0; i < 10; i++) {
                assertThat(place(get(browser(HttpClient.Redirect.NEVER), other, AWAY)))
                        .isEqualTo("/login?issuer");
            }
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("ssuer"))
                .singleElement()
                .asString()
                .startsWith("The issuer does not answer as expected");
        assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void anotherIssuersMetadataIsRefused() throws Exception {
        try (Site other = Site.start(arguments(issuer.uri() + "/"))) {
            assertThat(place(get(browser(HttpClient.Redirect.NEVER), other, AWAY)))
                    .isEqualTo("/login?issuer");
        }
    }

    @Test
    void theConfigurationMaySayWhereToComeBack() throws Exception {
        String fixed = "https://drop.example.com" + BACK;
        List<String> arguments = new ArrayList<>(List.of(arguments(issuer.uri())));
        arguments.add("--segment-drop.ops.issuer.redirect-uri=" + fixed);
        try (Site other = Site.start(arguments.toArray(String[]::new))) {
            HttpClient slow = browser(HttpClient.Redirect.NEVER);
            String away = place(get(slow, other, AWAY));
            slow.send(HttpRequest.newBuilder(URI.create(away)).build(), BodyHandlers.ofString());
            assertThat(issuer.redirect()).isEqualTo(fixed);

            // a proxy would bring it here
            String state =
                    OpenIdIssuer.parameter(URI.create(away).getQuery(), "state").replace("=", "%3D");
            assertThat(place(get(slow, other, BACK + "?code=c&state=" + state))).isEqualTo("/");
        }
    }

    @Test
    void theHostThatWasAskedIsWhereToComeBackOtherwise() throws Exception {
        get(AWAY);

        assertThat(issuer.redirect()).isEqualTo("http://localhost:" + site.port() + BACK);
    }
}
