package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

/** What a stranger can cause at the issuer, and what the issuer can cause here. */
class IssuerCallsTest {

    private final IssuerCalls calls = new IssuerCalls("https");

    private static HttpRequest to(String uri) {
        return new MockClientHttpRequest(HttpMethod.GET, URI.create(uri));
    }

    private static MockClientHttpResponse answer(String body) {
        return new MockClientHttpResponse(body.getBytes(UTF_8), HttpStatus.OK);
    }

    @Test
    void aSilentIssuerKeepsAFewThreadsAndNoMore() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        List<Future<?>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < IssuerCalls.AT_ONCE; i++) {
                waiting.add(threads.submit(() ->
                        calls.intercept(to("https://id.test/"), new byte[0], (request, body) -> {
                            asked.incrementAndGet();
                            try {
                                silence.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                            return answer("{}");
                        })));
            }
            await().until(() -> asked.get() == IssuerCalls.AT_ONCE);

            assertThatThrownBy(
                            () -> calls.intercept(to("https://id.test/"), new byte[0], (request, body) -> answer("{}")))
                    .hasMessage("expected fewer sign-ins at once, found too many");
            silence.countDown();
            for (Future<?> one : waiting) {
                one.get();
            }
        }

        assertThat(calls.intercept(to("https://id.test/"), new byte[0], (request, body) -> answer("{}"))
                        .getBody())
                .hasContent("{}");
    }

    @Test
    void aLargeAnswerIsNotRead() {
        assertThatThrownBy(() -> calls.intercept(
                        to("https://id.test/"), new byte[0], (request, body) -> answer("x".repeat(600_000))))
                .hasMessage("expected an answer of at most 524288 bytes, found a larger one");
    }

    @Test
    void whatTheIssuerNamesIsAskedOverTlsAlone() {
        assertThatThrownBy(() ->
                        calls.intercept(to("http://169.254.169.254/"), new byte[0], (request, body) -> answer("{}")))
                .hasMessage("expected an address with https, found another");
    }
}
