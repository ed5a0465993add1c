package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.testkit.SetClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
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
import org.springframework.boot.tomcat.TomcatWebServer;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A web server on a real port, with the jar's own settings, and small controllers in place of ours. */
final class Site implements AutoCloseable {

    private final ServletWebServerApplicationContext context;

    private Site(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Starts one with alice, whose password is s3cret. */
    static Site start(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--server.shutdown=immediate",
                                "--segment-drop.ops.user=alice",
                                "--segment-drop.ops.password=s3cret",
                                "--spring.main.register-shutdown-hook=false"),
                        Stream.of(arguments))
                .toArray(String[]::new);
        return new Site((ServletWebServerApplicationContext) new SpringApplication(Server.class).run(all));
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    SetClock clock() {
        return context.getBean(SetClock.class);
    }

    Controller controller() {
        return context.getBean(Controller.class);
    }

    /** How many sessions there are. */
    int sessions() {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        return ((Context) server.getTomcat().getHost().findChildren()[0])
                .getManager()
                .getActiveSessions();
    }

    /** A connection of a client that may take its time. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 20_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends a whole request that asks for the connection's end, and answers all that comes back. */
    String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return rest(socket);
        }
    }

    static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() {
        context.close();
    }

    // the application's JSON is Jackson 2 as long as Camel's is
    @SuppressWarnings("removal")
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SegmentDropProperties.class)
    @Import({SecurityConfiguration.class, SignInConfiguration.class, WebServerConfiguration.class, Controller.class})
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

        @Bean
        SetClock clock() {
            return new SetClock(Instant.parse("2026-11-28T12:00:00Z"));
        }
    }

    @RestController
    static class Controller {

        /** More than sockets hold; one for all, or many at once would fill the heap of the tests. */
        private static final byte[] LARGE = new byte[10_000_000];

        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger stuck = new AtomicInteger();

        /** Ends the requests that hang. */
        void goOn() {
            end.countDown();
        }

        /** How many requests hang. */
        int stuck() {
            return stuck.get();
        }

        @GetMapping("/api/hangs")
        String hangs() throws InterruptedException {
            stuck.incrementAndGet();
            end.await();
            return "at last";
        }

        @GetMapping("/api/large")
        byte[] large() {
            return LARGE;
        }

        @PostMapping("/api/form")
        String form(HttpServletRequest request) {
            return new TreeMap<>(request.getParameterMap())
                    .entrySet().stream()
                            .map(each -> each.getKey() + "=" + Arrays.toString(each.getValue()))
                            .collect(Collectors.joining(" "))
                            .replace("\u00fc", "\\u00fc")
                            .replace("\u20ac", "\\u20ac");
        }

        @PostMapping("/api/echo")
        String echo(@RequestBody String body) {
            return body;
        }

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
