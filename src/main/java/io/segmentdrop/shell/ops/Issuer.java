package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.config.IssuerProperties;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

/** Signing in at an issuer of OpenID Connect. It is asked for its addresses by the first sign-in, not by the start. */
final class Issuer {

    /** The registration's name, which stands in two addresses. */
    static final String NAME = "issuer";

    private final IssuerProperties properties;

    Issuer(IssuerProperties properties) {
        this.properties = properties;
    }

    ClientRegistrationRepository registration() {
        return new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(ask()));
    }

    private ClientRegistration ask() {
        ClientRegistration.Builder client = ClientRegistrations.fromIssuerLocation(
                        Objects.requireNonNull(properties.uri()))
                .registrationId(NAME)
                .clientId(Objects.requireNonNull(properties.clientId()))
                .scope("openid", "profile")
                .userNameAttributeName(properties.nameClaim());
        return properties.clientSecret() == null
                ? client.build()
                : client.clientSecret(properties.clientSecret().value()).build();
    }

    /** The role that the issuer's claim gives; none for anybody else. */
    Collection<GrantedAuthority> roles(Collection<? extends GrantedAuthority> authorities) {
        Set<GrantedAuthority> roles = new HashSet<>();
        authorities.stream()
                .filter(OAuth2UserAuthority.class::isInstance)
                .map(OAuth2UserAuthority.class::cast)
                .flatMap(user -> values(user.getAttributes().get(properties.roleClaim())).stream())
                .forEach(value -> {
                    if (properties.operators().contains(value)) {
                        roles.add(new SimpleGrantedAuthority("ROLE_" + Roles.OPERATOR));
                    }
                    if (properties.viewers().contains(value)) {
                        roles.add(new SimpleGrantedAuthority("ROLE_" + Roles.VIEWER));
                    }
                });
        return roles;
    }

    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return claim == null ? List.of() : List.of(claim.toString());
    }

    /** Who comes back from the issuer comes from another site, and must bring the session along. */
    static void letSessionsComeBack(ConfigurableServletWebServerFactory server) {
        server.getSettings().getSession().getCookie().setSameSite(SameSite.LAX);
    }
}
