package io.segmentdrop.shell.ops.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/**
 * Requests to the issuer, which a stranger can cause: a few at once, each with an end, to https alone, and no answer larger than
 * it has reason to be. Redirects are not followed. That it does not answer, and does again, is logged once.
 */
final class IssuerCalls implements ClientHttpRequestInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerCalls.class);

    /** From the connection to the last byte of the answer. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    static final int AT_ONCE = 4;

    private static final int MOST_BYTES = 512 * 1024;

    private final String scheme;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicBoolean silent = new AtomicBoolean();

    /** @param scheme that of the issuer's own address, and of all that it may name */
    IssuerCalls(String scheme) {
        this.scheme = scheme;
    }

    static ClientHttpRequestFactory factory() {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
        factory.setReadTimeout(LONGEST);
        return factory;
    }

    RestTemplate template(ClientHttpRequestFactory factory) {
        RestTemplate template = new RestTemplate(factory);
        template.setInterceptors(List.of(this));
        return template;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (!scheme.equals(request.getURI().getScheme())) {
            throw new IOException("expected an address with " + scheme + ", found another");
        }
        if (!places.tryAcquire()) {
            throw new IOException("expected fewer sign-ins at once, found too many");
        }
        try (ClientHttpResponse response = execution.execute(request, body)) {
            Answer answer = Answer.of(response);
            if (silent.getAndSet(false)) {
                LOG.info("The issuer answers again.");
            }
            return answer;
        } catch (IOException e) {
            if (!silent.getAndSet(true)) {
                LOG.warn(
                        "The issuer does not answer as expected ({}): nobody can sign in with it until it does. The"
                                + " users of the configuration can.",
                        String.valueOf(e.getMessage()));
            }
            throw e;
        } finally {
            places.release();
        }
    }

    private record Answer(HttpStatusCode status, String text, HttpHeaders headers, InputStream body)
            implements ClientHttpResponse {

        static Answer of(ClientHttpResponse response) throws IOException {
            byte[] bytes = response.getBody().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("expected an answer of at most " + MOST_BYTES + " bytes, found a larger one");
            }
            return new Answer(
                    response.getStatusCode(),
                    response.getStatusText(),
                    response.getHeaders(),
                    new ByteArrayInputStream(bytes));
        }

        @Override
        public HttpStatusCode getStatusCode() {
            return status;
        }

        @Override
        public String getStatusText() {
            return text;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {}
    }
}
