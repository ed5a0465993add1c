package io.segmentdrop.shell.ops.security;

import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.ops.Roles;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
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

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private static final String[] PROBES = Entrance.PROBES.toArray(String[]::new);

    /** The form, and how it looks; there is no secret in it. */
    private static final String[] SIGN_IN = {"/login", "/logout", "/assets/**"};

    /** Pages on the way to an action, and the partners' files. */
    private static final String[] ACTIONS = {"/act", "/drops/*/*", "/imports/*/files/*", "/api/imports/*/rejects"};

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private static final String[] SANDBOX = {"/sandbox/**"};

    private static final BasicAuthenticationEntryPoint BASIC = basicEntryPoint();

    /** The stand-in's requests come from the server itself, without a session. */
    @Bean
    SecurityFilterChain everything(
            HttpSecurity http, Environment environment, ObjectProvider<Issuer> issuer, SegmentDropProperties properties)
            throws Exception {
        String[] sandbox = environment.acceptsProfiles(Profiles.of("sandbox")) ? SANDBOX : new String[0];
        WayBack way = new WayBack(pages());
        SignedIn signedIn = new SignedIn(new Seats(), way);
        issuer.ifAvailable(
                at -> withIssuer(http, at, new IssuerRoles(properties.ops().issuer()), signedIn));
        return http.authorizeHttpRequests(requests -> allow(requests, sandbox))
                .exceptionHandling(SecurityConfiguration::askToSignIn)
                .httpBasic(basic -> basic.authenticationEntryPoint(SecurityConfiguration::basic))
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(signedIn)
                        .failureHandler(new NotSignedIn("/login?error")))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .requestCache(cache -> cache.requestCache(way))
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfTokens())
                        .ignoringRequestMatchers(new MachineRequestMatcher())
                        .ignoringRequestMatchers(sandbox))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    private static void withIssuer(HttpSecurity http, Issuer issuer, IssuerRoles roles, SignedIn signedIn) {
        NotSignedIn notSignedIn = new NotSignedIn("/login?issuer");
        IssuerCookie cookie = new IssuerCookie(issuer.registrations());
        http.oauth2Login(login -> login.loginPage("/login")
                .clientRegistrationRepository(issuer.registrations())
                .authorizationEndpoint(away -> away.authorizationRequestRepository(cookie))
                .tokenEndpoint(token -> token.accessTokenResponseClient(issuer.tokens()))
                .userInfoEndpoint(user -> user.userAuthoritiesMapper(roles).oidcUserService(issuer.people()))
                .successHandler(signedIn)
                .failureHandler(notSignedIn)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F away) {
                        away.setAuthenticationFailureHandler(notSignedIn);
                        return away;
                    }
                }));
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
        exceptions
                .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), pages())
                .defaultAuthenticationEntryPointFor(SecurityConfiguration::basic, AnyRequestMatcher.INSTANCE)
                .defaultAccessDeniedHandlerFor(
                        (request, response, denied) -> BASIC.commence(
                                request, response, new InsufficientAuthenticationException("sign in first", denied)),
                        SecurityConfiguration::isMachineWithoutSignIn)
                .defaultAccessDeniedHandlerFor(new AccessDeniedHandlerImpl(), AnyRequestMatcher.INSTANCE);
    }

    private static void basic(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof NotNow notNow) {
            notNow.answer(response);
        } else {
            BASIC.commence(request, response, why);
        }
    }

    private static BasicAuthenticationEntryPoint basicEntryPoint() {
        BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName("segment-drop");
        return basic;
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

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                // sent over TLS alone; of other hosts we know nothing
                .httpStrictTransportSecurity(policy -> policy.includeSubDomains(false))
                .addHeaderWriter(SecurityConfiguration::onlyOneAnswer);
    }

    /** A stranger gets one answer for each connection: more of them, unread, would keep a thread waiting. */
    private static void onlyOneAnswer(HttpServletRequest request, HttpServletResponse response) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || who instanceof AnonymousAuthenticationToken) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }
}
