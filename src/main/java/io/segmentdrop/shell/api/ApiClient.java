package io.segmentdrop.shell.api;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * What lies under the http step of the send route. It makes the client do exactly one request per call, on a connection of
 * its own: no retry, redirect, cookie, compression, proxy, challenge or upgrade. The route says method and path, after it has
 * removed every header that came with the exchange; of its headers only {@code Accept} goes out. TLS is verified by {@link ApiTls}; there
 * is no switch.
 *
 * <p>Each request is watched by {@link Deadlines} and noted in its {@link Conversation}.
 */
public final class ApiClient implements HttpClientConfigurer, AutoCloseable {

    private static final int CONNECTIONS = 256;

    private final Deadlines deadlines;
    private final Watchdog watchdog;
    private volatile ApiTls tls;

    public ApiClient(Deadlines deadlines, ApiTls tls) {
        this.deadlines = deadlines;
        this.watchdog = new Watchdog(deadlines);
        this.tls = tls;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.setConnectionManager(connections())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(rules())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .addExecInterceptorFirst("api-watch", this::watch)
                .addExecInterceptorLast("api-ask", this::ask);
    }

    private RequestConfig rules() {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(deadlines.connect()))
                .setResponseTimeout(Timeout.of(deadlines.response()))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setRedirectsEnabled(false)
                .build();
    }

    private HttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new ApiConnection())
                .setTlsSocketStrategy((socket, target, port, attachment, context) ->
                        tls.strategy().upgrade(socket, target, port, attachment, context))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(deadlines.connect()))
                        .setSocketTimeout(Timeout.of(deadlines.response()))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
    }

    /** Around everything, from before the name is looked up. */
    private ClassicHttpResponse watch(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Conversation conversation = conversation(scope);
        Watchdog.Watch watch = watchdog.over(conversation, scope.execRuntime::discardEndpoint);
        try {
            conversation.progress().connecting();
            return chain.proceed(request, scope);
        } catch (IOException | HttpException e) {
            conversation.failed(e, deadlines);
            throw e;
        } catch (RuntimeException e) {
            // cutting a connection from outside may surface as any state exception of the client
            conversation.failed(e, deadlines);
            throw new IOException("the request failed", e);
        } finally {
            watch.close();
        }
    }

    /** Next to the wire: the connection stands, the request is written, the answer read. */
    private ClassicHttpResponse ask(ClassicHttpRequest step, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ApiEntity entity = entity(scope);
        Conversation conversation = entity.conversation();
        conversation.progress().connected(entity.sent() == null);
        try {
            ClassicHttpResponse answer = chain.proceed(wire(entity, step, scope), scope);
            conversation.head(answer);
            conversation.body(answer.getEntity());
            hangUp(conversation, scope.execRuntime);
            return new BasicClassicHttpResponse(answer.getCode());
        } finally {
            scope.execRuntime.discardEndpoint();
        }
    }

    /** Method and path are the route's, and of its headers {@code Accept}; the key comes in here and nowhere else. */
    private static ClassicHttpRequest wire(ApiEntity entity, ClassicHttpRequest step, ExecChain.Scope scope)
            throws ProtocolException {
        ClassicHttpRequest wire =
                new BasicClassicHttpRequest(step.getMethod(), scope.route.getTargetHost(), step.getPath());
        wire.addHeader("Authorization", "Bearer " + entity.conversation().key().reveal());
        if (step.containsHeader("Accept")) {
            wire.addHeader(step.getHeader("Accept"));
        }
        wire.addHeader("Connection", "close");
        wire.setEntity(entity.sent());
        return wire;
    }

    /** A whole exchange ends with a farewell; everything else with a cut. */
    private static void hangUp(Conversation conversation, ExecRuntime runtime) {
        try {
            if (conversation.isWhole()) {
                runtime.disconnectEndpoint();
            }
        } catch (IOException e) {
            runtime.discardEndpoint();
        }
    }

    private static Conversation conversation(ExecChain.Scope scope) throws ProtocolException {
        return entity(scope).conversation();
    }

    private static ApiEntity entity(ExecChain.Scope scope) throws ProtocolException {
        if (scope.originalRequest.getEntity() instanceof ApiEntity entity) {
            return entity;
        }
        throw new ProtocolException("expected a request of the apiRequest bean");
    }

    /** From the next connection on. */
    public void trust(ApiTls other) {
        tls = other;
    }

    /**
     * The program ends: what is not out whole is cut at once, so that it is no import, and so is all that would begin.
     *
     * @param wait how long what is out whole may wait for its answer
     */
    public void end(Duration wait) {
        watchdog.end(wait);
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
