package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.config.SegmentDropProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
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
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
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

    private static final String[] SANDBOX = {"/sandbox/**"};

    /** The stand-in's requests come from the server itself, without a session. */
    @Bean
    SecurityFilterChain everything(HttpSecurity http, Environment environment) throws Exception {
        String[] sandbox = environment.acceptsProfiles(Profiles.of("sandbox")) ? SANDBOX : new String[0];
        return http.authorizeHttpRequests(requests -> allow(requests, sandbox))
                .exceptionHandling(SecurityConfiguration::askToSignIn)
                .httpBasic(basic -> basic.realmName("segment-drop"))
                .formLogin(Customizer.withDefaults())
                .logout(Customizer.withDefaults())
                .requestCache(cache -> cache.requestCache(onlyPages()))
                .csrf(csrf -> csrf.ignoringRequestMatchers(new MachineRequestMatcher())
                        .ignoringRequestMatchers(sandbox))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /** The one user of the configuration. */
    @Bean
    UserDetailsService users(SegmentDropProperties properties, PasswordEncoder encoder) {
        String user = properties.ops().user();
        return new InMemoryUserDetailsManager(User.withUsername(user)
                .password(encoder.encode(password(properties)))
                .roles("OPS")
                .build());
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
        if (sandbox.length > 0) {
            requests.requestMatchers(sandbox).permitAll();
        }
        requests.anyRequest().authenticated();
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

    /** Remembers where a person wanted to go; a machine's request makes no session. */
    private static HttpSessionRequestCache onlyPages() {
        RequestMatcher pages = pages();
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
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
