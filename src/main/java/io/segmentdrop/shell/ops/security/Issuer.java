package io.segmentdrop.shell.ops.security;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.segmentdrop.shell.config.IssuerProperties;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * The issuer of OpenID Connect: what it says of itself, and all that is asked of it. It is asked for its addresses by the first
 * sign-in, not by the start. Whatever goes wrong with it ends that one sign-in.
 */
final class Issuer {

    /** The registration's name, which stands in two addresses. */
    static final String NAME = "issuer";

    private static final OAuth2Error UNUSABLE = new OAuth2Error("issuer_unusable");

    private final IssuerProperties properties;
    private final String uri;
    private final IssuerCalls calls;
    private final ClientHttpRequestFactory http = IssuerCalls.factory();
    private final RestTemplate rest;
    private volatile @Nullable Known known;

    Issuer(IssuerProperties properties) {
        this.properties = properties;
        this.uri = Objects.requireNonNull(properties.uri());
        this.calls = new IssuerCalls(URI.create(uri).getScheme());
        this.rest = calls.template(http);
    }

    private record Known(ClientRegistration registration, JwtDecoder decoder) {}

    /** Knows one registration, once the issuer has answered. */
    ClientRegistrationRepository registrations() {
        return name -> NAME.equals(name) ? known().registration() : null;
    }

    private Known known() {
        Known now = known;
        if (now == null) {
            ClientRegistration registration = guarded(this::ask);
            now = new Known(registration, decoder(registration));
            known = now;
        }
        return now;
    }

    private ClientRegistration ask() {
        Map<String, Object> metadata = metadata();
        if (!uri.equals(metadata.get("issuer"))) {
            throw new IllegalStateException("expected metadata of " + uri + ", found that of another issuer");
        }
        ClientRegistration.Builder client = ClientRegistrations.fromOidcConfiguration(metadata)
                .registrationId(NAME)
                .clientId(Objects.requireNonNull(properties.clientId()))
                .scope("openid", "profile")
                .userNameAttributeName(properties.nameClaim());
        if (properties.redirectUri() != null) {
            client.redirectUri(properties.redirectUri());
        }
        if (properties.clientSecret() != null) {
            client.clientSecret(properties.clientSecret().value());
        }
        return client.build();
    }

    private Map<String, Object> metadata() {
        try {
            return JSONObjectUtils.parse(
                    rest.getForObject(uri.replaceFirst("/$", "") + "/.well-known/openid-configuration", String.class));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
                .restOperations(rest)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return token -> guarded(() -> decoder.decode(token));
    }

    JwtDecoderFactory<ClientRegistration> idTokens() {
        return registration -> known().decoder();
    }

    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(http)
                .requestInterceptor(calls)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return request -> guarded(() -> client.getTokenResponse(request));
    }

    OAuth2UserService<OidcUserRequest, OidcUser> people() {
        DefaultOAuth2UserService service = new DefaultOAuth2UserService();
        service.setRestOperations(rest);
        OidcUserService people = new OidcUserService();
        people.setOauth2UserService(service);
        return request -> guarded(() -> people.loadUser(request));
    }

    /** Nothing that an issuer answers is a fault of ours. */
    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (AuthenticationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new OAuth2AuthenticationException(UNUSABLE, "the issuer cannot be used", e);
        }
    }
}
