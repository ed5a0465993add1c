package io.segmentdrop.shell.ops.security;

import io.segmentdrop.shell.config.IssuerProperties;
import io.segmentdrop.shell.config.OpsProperties;
import io.segmentdrop.shell.config.OpsRole;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.health.Metrics;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Against what a sign-in is checked: the users of the configuration, and an issuer if there is one. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SignInConfiguration.class);

    private static final String BCRYPT = "bcrypt";

    @Bean
    @Nullable
    Issuer issuer(SegmentDropProperties properties) {
        IssuerProperties issuer = properties.ops().issuer();
        return issuer.uri() == null ? null : new Issuer(issuer);
    }

    /** Spring Security looks for it among the beans. */
    @Bean
    @Nullable
    JwtDecoderFactory<ClientRegistration> idTokens(ObjectProvider<Issuer> issuer) {
        Issuer at = issuer.getIfAvailable();
        return at == null ? null : at.idTokens();
    }

    /** Who comes back from the issuer comes from another site, and must bring the session along. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessions(ObjectProvider<Issuer> issuer) {
        return server -> issuer.ifAvailable(
                at -> server.getSettings().getSession().getCookie().setSameSite(SameSite.LAX));
    }

    @Bean
    SignIn signIn(SegmentDropProperties properties, ObjectProvider<Metrics> metrics, Clock clock) {
        PasswordEncoder encoder = new DelegatingPasswordEncoder(BCRYPT, Map.of(BCRYPT, new BCryptPasswordEncoder()));
        metrics.ifAvailable(
                known -> Arrays.stream(SignInOutcome.values()).forEach(outcome -> known.signIns(outcome.word(), 0)));
        return new SignIn(
                users(properties, encoder),
                encoder,
                clock,
                outcome -> metrics.ifAvailable(known -> known.signIns(outcome.word(), 1)));
    }

    /** The users of the configuration; the first one is an operator. A password that is no hash is hashed here, once. */
    static UserDetailsService users(SegmentDropProperties properties, PasswordEncoder encoder) {
        OpsProperties ops = properties.ops();
        InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
        users.createUser(user(ops.user(), hashed(password(properties), encoder), OpsRole.OPERATOR));
        ops.users()
                .forEach((name, user) -> users.createUser(user(
                        name, hashed(Objects.requireNonNull(user.password()).value(), encoder), user.role())));
        return users;
    }

    private static String hashed(String password, PasswordEncoder encoder) {
        return password.startsWith("{" + BCRYPT + "}") ? password : encoder.encode(password);
    }

    private static UserDetails user(String name, String password, OpsRole role) {
        return User.withUsername(name).password(password).roles(role.name()).build();
    }

    private static String password(SegmentDropProperties properties) {
        if (properties.ops().password() != null) {
            return properties.ops().password().value();
        }
        String password = RandomPassword.next();
        LOG.warn(
                "no password is set: sign in as {} with {} until the next start; segment-drop.ops.password sets one"
                        + " that stays",
                properties.ops().user(),
                password);
        return password;
    }
}
