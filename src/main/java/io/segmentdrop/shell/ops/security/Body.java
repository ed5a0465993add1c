package io.segmentdrop.shell.ops.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.http.Parameters;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The body of one request, collected without a thread: the request goes on when it is whole, and ends when it is too large or
 * does not come in time.
 */
final class Body implements ReadListener, AsyncListener {

    /** The most bytes of a body, whoever sends it: the largest form of ours acts upon a hundred imports. */
    static final int MOST = 4096;

    /** The time in which the whole of it must come. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final String TOO_LARGE = "Expected a body of at most " + MOST + " bytes, found a larger one.\n";

    private final Request request;
    private final Response response;
    private final ServletInputStream in;
    private final byte[] bytes = new byte[MOST + 1];
    private int length;

    private Body(Request request, Response response) throws IOException {
        this.request = request;
        this.response = response;
        this.in = request.getInputStream();
    }

    /** Whether one follows the header. */
    static boolean follows(Request request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Collects it, then lets the request enter again; returns at once. */
    static void collect(Request request, Response response) throws IOException {
        if (request.getContentLengthLong() > MOST) {
            Entrance.refuse(request, response, HttpStatus.CONTENT_TOO_LARGE, TOO_LARGE);
            return;
        }
        Body body = new Body(request, response);
        AsyncContext async =
                request.startAsync(new RequestWithBody(request.getRequest(), body::read), response.getResponse());
        async.setTimeout(LONGEST.toMillis());
        async.addListener(body);
        response.sendAcknowledgement(org.apache.coyote.ContinueResponseTiming.ALWAYS);
        body.in.setReadListener(body);
    }

    private byte[] read() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (length < bytes.length && in.isReady()) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return;
            }
            length += read;
        }
        if (length > MOST) {
            end(HttpStatus.CONTENT_TOO_LARGE, TOO_LARGE);
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        try {
            readForm();
        } catch (IllegalStateException e) {
            end(HttpStatus.BAD_REQUEST, "Expected a form, found a body that is none.\n");
            return;
        }
        request.getAsyncContext().dispatch();
    }

    /** What Tomcat would do itself if it read the body. */
    private void readForm() throws IOException {
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding(UTF_8.name());
        }
        // reads those of the address, which come first
        request.getParameterNames();
        String type = request.getContentType();
        if (request.getMethod().equals("POST")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            Parameters parameters = request.getCoyoteRequest().getParameters();
            parameters.processParameters(bytes, 0, length);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        end(
                HttpStatus.REQUEST_TIMEOUT,
                "Expected the whole body within " + LONGEST.toSeconds() + " s, found a part of it.\n");
    }

    private void end(HttpStatus status, String text) throws IOException {
        Entrance.refuse(request, response, status, text);
        request.getAsyncContext().complete();
    }

    /** The client hung up: nobody is there to be told. */
    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onError(AsyncEvent event) {
        event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
