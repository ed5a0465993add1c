package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.web.util.UrlUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * Keeps, in the browser, what a sign-in at the issuer must come back with: state, nonce and code verifier, all random. Nothing else
 * of it is believed, and a stranger costs no memory.
 */
final class IssuerCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    static final String NAME = "issuer";

    private static final String PATH = "/login/oauth2/";
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Pattern VALUE = Pattern.compile("([\\w=-]{20,200})\\.([\\w=-]{20,200})\\.([\\w=-]{20,200})");

    private final ClientRegistrationRepository registrations;

    IssuerCookie(ClientRegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        String value = asked == null
                ? ""
                : String.join(
                        ".",
                        Objects.requireNonNull(asked.getState()),
                        Objects.requireNonNull(asked.<String>getAttribute(OidcParameterNames.NONCE)),
                        Objects.requireNonNull(asked.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, value)
                        .path(PATH)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        // the way back from the issuer begins on another site
                        .sameSite("Lax")
                        .maxAge(asked == null ? Duration.ZERO : KEPT)
                        .build()
                        .toString());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        Matcher value = VALUE.matcher(cookie == null ? "" : cookie.getValue());
        return value.matches() && value.group(1).equals(request.getParameter(OAuth2ParameterNames.STATE))
                ? asked(request, value)
                : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
        saveAuthorizationRequest(null, request, response);
        return asked;
    }

    private OAuth2AuthorizationRequest asked(HttpServletRequest request, Matcher value) {
        ClientRegistration registration = Objects.requireNonNull(registrations.findByRegistrationId(Issuer.NAME));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(OAuth2ParameterNames.REGISTRATION_ID, Issuer.NAME);
        attributes.put(OidcParameterNames.NONCE, value.group(2));
        attributes.put(PkceParameterNames.CODE_VERIFIER, value.group(3));
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(
                        Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
                .clientId(registration.getClientId())
                .redirectUri(here(request, registration))
                .scopes(registration.getScopes())
                .state(value.group(1))
                .attributes(attributes)
                .build();
    }

    /** The issuer compares it with the one that it was asked with. */
    private static String here(HttpServletRequest request, ClientRegistration registration) {
        String configured = Objects.requireNonNull(registration.getRedirectUri());
        return configured.startsWith("{")
                ? UriComponentsBuilder.fromUriString(UrlUtils.buildFullRequestUrl(request))
                        .replaceQuery(null)
                        .build()
                        .toUriString()
                : configured;
    }
}
