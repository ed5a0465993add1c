package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.config.OpsProperties;
import io.segmentdrop.shell.config.OpsRole;
import io.segmentdrop.shell.config.SegmentDropProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may use the server: everything wants a sign-in but liveness and readiness, and the stand-in of the sandbox, which wants its
 * own key. Machines send HTTP Basic with each request and get no session; people get a form. What is not allowed by name is
 * denied.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private static final String[] PROBES = {"/actuator/health/liveness", "/actuator/health/readiness"};

    /** The form, and how it looks; there is no secret in it. */
    private static final String[] SIGN_IN = {"/login", "/logout", "/assets/**"};

    /** Pages on the way to an action, and the partners' files. */
    private static final String[] ACTIONS = {"/act", "/drops/*/*", "/imports/*/files/*"};

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private static final String[] SANDBOX = {"/sandbox/**"};

    /** The stand-in's requests come from the server itself, without a session. */
    @Bean
    SecurityFilterChain everything(HttpSecurity http, Environment environment, SegmentDropProperties properties)
            throws Exception {
        String[] sandbox = environment.acceptsProfiles(Profiles.of("sandbox")) ? SANDBOX : new String[0];
        if (properties.ops().issuer().uri() != null) {
            Issuer issuer = new Issuer(properties.ops().issuer());
            http.oauth2Login(login -> login.loginPage("/login")
                    .clientRegistrationRepository(issuer.registration())
                    .userInfoEndpoint(user -> user.userAuthoritiesMapper(issuer::roles)));
        }
        return http.authorizeHttpRequests(requests -> allow(requests, sandbox))
                .exceptionHandling(SecurityConfiguration::askToSignIn)
                .httpBasic(basic -> basic.realmName("segment-drop"))
                .formLogin(form -> form.loginPage("/login"))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .requestCache(cache -> cache.requestCache(onlyPages()))
                .csrf(csrf -> csrf.ignoringRequestMatchers(new MachineRequestMatcher())
                        .ignoringRequestMatchers(sandbox))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessions(SegmentDropProperties properties) {
        return server -> {
            if (properties.ops().issuer().uri() != null) {
                Issuer.letSessionsComeBack(server);
            }
        };
    }

    /** The users of the configuration; the first one is an operator. */
    @Bean
    UserDetailsService users(SegmentDropProperties properties, PasswordEncoder encoder) {
        OpsProperties ops = properties.ops();
        InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
        users.createUser(user(ops.user(), encoder.encode(password(properties)), OpsRole.OPERATOR));
        ops.users()
                .forEach((name, user) -> users.createUser(user(
                        name,
                        encoder.encode(Objects.requireNonNull(user.password()).value()),
                        user.role())));
        return users;
    }

    private static UserDetails user(String name, String password, OpsRole role) {
        return User.withUsername(name).password(password).roles(role.name()).build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
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

    private static void allow(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            String[] sandbox) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll();
        requests.requestMatchers(PROBES).permitAll();
        requests.requestMatchers(SIGN_IN).permitAll();
        if (sandbox.length > 0) {
            requests.requestMatchers(sandbox).permitAll();
        }
        requests.requestMatchers(ACTIONS).hasRole(Roles.OPERATOR);
        requests.requestMatchers(request -> !READS.contains(request.getMethod()))
                .hasRole(Roles.OPERATOR);
        requests.anyRequest().hasAnyRole(Roles.VIEWER, Roles.OPERATOR);
    }

    /** A browser is shown the form, anything else is told to use HTTP Basic. */
    private static void askToSignIn(ExceptionHandlingConfigurer<HttpSecurity> exceptions) {
        BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName("segment-drop");
        exceptions
                .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), pages())
                .defaultAuthenticationEntryPointFor(basic, AnyRequestMatcher.INSTANCE)
                .defaultAccessDeniedHandlerFor(
                        (request, response, denied) -> basic.commence(
                                request, response, new InsufficientAuthenticationException("sign in first", denied)),
                        SecurityConfiguration::isMachineWithoutSignIn)
                .defaultAccessDeniedHandlerFor(new AccessDeniedHandlerImpl(), AnyRequestMatcher.INSTANCE);
    }

    /** CSRF is looked at before the sign-in, and would tell a machine that forgot its password of a token instead. */
    private static boolean isMachineWithoutSignIn(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/")
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && SecurityContextHolder.getContext().getAuthentication() == null;
    }

    private static RequestMatcher pages() {
        MediaTypeRequestMatcher pages = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        pages.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return pages;
    }

    /** Remembers where a person wanted to go, in the browser: nobody gets a session before the sign-in. */
    private static CookieRequestCache onlyPages() {
        RequestMatcher pages = pages();
        CookieRequestCache cache = new CookieRequestCache();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET") && pages.matches(request));
        return cache;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
    }
}
