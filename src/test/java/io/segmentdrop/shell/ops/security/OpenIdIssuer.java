package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small issuer of OpenID Connect over real sockets, which may misbehave. */
final class OpenIdIssuer implements AutoCloseable {

    static final String METADATA = "/.well-known/openid-configuration";

    /** How an answer goes wrong. */
    enum Wrong {
        /** It does not come. */
        HANGS,
        /** It comes a byte at a time, without an end. */
        DRIPS,
        /** It does not end, and comes fast. */
        FLOODS,
        FAILS,
        IS_NO_JSON
    }

    private final HttpServer server;
    private final RSAKey key;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Wrong> wrong = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    private volatile String nonce = "";
    private volatile String redirect = "";
    private volatile RSAKey signs;

    private OpenIdIssuer(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
        this.signs = key;
    }

    static OpenIdIssuer start() throws IOException, JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        OpenIdIssuer issuer = new OpenIdIssuer(server, key);
        server.createContext("/", issuer::answer);
        server.start();
        return issuer;
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Everything is right again, and olga has these groups. */
    void isRight(String... groups) {
        wrong.clear();
        signs = key;
        claims = builder -> builder.claim("groups", List.of(groups));
    }

    void isWrong(String path, Wrong how) {
        wrong.put(path, how);
    }

    /** Changes what the token claims. */
    void claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        claims = change;
    }

    /** Signs with a key that nobody knows. */
    void signsWithAnotherKey() throws JOSEException {
        signs = new RSAKeyGenerator(2048).keyID("k").generate();
    }

    int asked(String path) {
        return asked.computeIfAbsent(path, name -> new AtomicInteger()).get();
    }

    /** Where the last person was to be sent back. */
    String redirect() {
        return redirect;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(path, name -> new AtomicInteger()).incrementAndGet();
            if (wrong.containsKey(path)) {
                misbehave(exchange, wrong.get(path));
            } else if (path.equals("/authorize")) {
                authorize(exchange);
            } else {
                byte[] body = body(path).getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void misbehave(HttpExchange exchange, Wrong how) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        OutputStream out = exchange.getResponseBody();
        switch (how) {
            case HANGS -> closed.await();
            case DRIPS -> {
                exchange.sendResponseHeaders(200, 0);
                do {
                    out.write(' ');
                    out.flush();
                } while (!closed.await(100, TimeUnit.MILLISECONDS));
            }
            case FLOODS -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] much = " ".repeat(64 * 1024).getBytes(UTF_8);
                while (closed.getCount() > 0) {
                    out.write(much);
                }
            }
            case FAILS -> exchange.sendResponseHeaders(500, -1);
            case IS_NO_JSON -> {
                exchange.sendResponseHeaders(200, 0);
                out.write("<html>".getBytes(UTF_8));
            }
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        nonce = parameter(query, "nonce");
        redirect = parameter(query, "redirect_uri");
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        redirect + "?code=c&state=" + parameter(query, "state").replace("=", "%3D"));
        exchange.sendResponseHeaders(302, -1);
    }

    static String parameter(String query, String name) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        return matcher.find() ? matcher.group(1) : "";
    }

    private String body(String path) {
        return switch (path) {
            case METADATA -> """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}\
                """.formatted(uri());
            case "/keys" -> new JWKSet(key.toPublicJWK()).toString();
            case "/token" -> """
                {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}\
                """.formatted(token());
            default -> "";
        };
    }

    private String token() {
        try {
            Instant now = Instant.now();
            JWTClaimsSet.Builder right = new JWTClaimsSet.Builder()
                    .issuer(uri())
                    .subject("4711")
                    .audience("drop")
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(60)))
                    .claim("nonce", nonce)
                    .claim("preferred_username", "olga")
                    .claim("groups", List.of("imports-admin"));
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                    claims.apply(right).build());
            token.sign(new RSASSASigner(signs));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
