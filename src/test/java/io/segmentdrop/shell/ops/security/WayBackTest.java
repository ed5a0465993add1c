package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.savedrequest.SavedRequest;

/** The way back to the page that was wanted, whatever somebody puts into the cookie. */
class WayBackTest {

    private static final String NAME = "REDIRECT_URI";

    private final WayBack way = new WayBack(request -> true);

    private @org.jspecify.annotations.Nullable String leadsTo(String cookie) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");
        request.setServerName("evil.test");
        request.setCookies(new Cookie(NAME, cookie));
        MockHttpServletResponse response = new MockHttpServletResponse();
        SavedRequest saved = way.getRequest(request, response);
        return saved == null ? null : saved.getRedirectUrl();
    }

    private static String encoded(String address) {
        return Base64.getEncoder().encodeToString(address.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/imports",
                "/imports?state=held&q=a%2Fb",
                "/imports/01M8053K2S0BJG1A2AA15XM3K8",
                "/?q=http://elsewhere.test/",
            })
    void itLeadsToAPageOfOurs(String address) {
        assertThat(leadsTo(encoded(address))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test/",
                "//evil.test/",
                "///evil.test/",
                "/\\evil.test/",
                "/\t/evil.test/",
                "/%09/evil.test\n",
                "\\/evil.test",
                "evil.test",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: a=b",
                "/\u2028/evil.test",
                "",
                " /",
            })
    void itLeadsNowhereElse(String address) {
        assertThat(leadsTo(encoded(address)))
                .satisfiesAnyOf(
                        place -> assertThat(place).isNull(),
                        place -> assertThat(place).matches("/[A-Za-z0-9%][!-~]*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "%%%", "L2E=L2E="})
    void aCookieThatIsNoneLeadsNowhere(String cookie) {
        assertThat(leadsTo(cookie)).isNull();
    }

    @Test
    void itIsFollowedOnce() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");
        request.setCookies(new Cookie(NAME, encoded("/imports")));
        MockHttpServletResponse response = new MockHttpServletResponse();

        way.getRequest(request, response);

        assertThat(Objects.requireNonNull(response.getCookie(NAME)).getMaxAge()).isZero();
    }

    @Test
    void onlyAShortAddressIsKept() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        way.saveRequest(new MockHttpServletRequest("GET", "/" + "a".repeat(998)), response);
        assertThat(response.getCookie(NAME)).isNotNull();

        MockHttpServletResponse none = new MockHttpServletResponse();
        way.saveRequest(new MockHttpServletRequest("GET", "/" + "a".repeat(1_000)), none);
        way.saveRequest(new MockHttpServletRequest("POST", "/act"), none);
        assertThat(none.getCookie(NAME)).isNull();
    }
}
