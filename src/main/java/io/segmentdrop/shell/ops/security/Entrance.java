package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The first to see a request. Promises that a probe finds a thread whatever else goes on: bodies are waited for without one, and
 * only so many requests are worked on at once that threads are left. The rest is told to come again.
 */
final class Entrance extends ValveBase {

    /** The addresses that tell whether the process lives. */
    static final Set<String> PROBES = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private final Semaphore places;

    /** @param places how many requests are worked on at once, probes aside */
    Entrance(int places) {
        super(true);
        this.places = new Semaphore(places);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean again = request.isAsyncDispatching();
        if (!again && request.isAsync()) {
            // a fault of what is waited for
            getNext().invoke(request, response);
        } else if (!again && Body.follows(request)) {
            Body.collect(request, response);
        } else if (PROBES.contains(request.getRequestURI())) {
            getNext().invoke(request, response);
        } else if (places.tryAcquire()) {
            try {
                work(request, response);
            } finally {
                places.release();
            }
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refuse(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Expected fewer requests at once, found too many; try again.\n");
        }
    }

    /** Whoever reads the answer slowly keeps the place until it went out. */
    private void work(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync()) {
            response.finishResponse();
        }
    }

    /** Answers without a look at what else the client sends, and hangs up. */
    static void refuse(Request request, Response response, HttpStatus status, String text) throws IOException {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        byte[] bytes = text.getBytes(UTF_8);
        response.setStatus(status.value());
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
