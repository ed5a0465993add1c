package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.send.WireFault;
import io.segmentdrop.core.send.WireFault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request while it is on its way. It rides below the route, and at the end becomes the observation; so
 * nothing that the client or Camel makes of an answer on its way up can bend what was seen.
 */
final class Conversation {

    /** The exchange property that holds it. */
    static final String PROPERTY = "segmentDropConversation";

    static final int BODY_LIMIT = 1024 * 1024;

    private final ApiRequest request;
    private final Secret key;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private @Nullable String retryAfter;
    private @Nullable String location;
    private boolean complete;
    private @Nullable WireFault fault;
    private volatile @Nullable String overdue;
    private volatile boolean ending;

    Conversation(ApiRequest request, Secret key) {
        this.request = request;
        this.key = key;
    }

    ApiRequest request() {
        return request;
    }

    Secret key() {
        return key;
    }

    Progress progress() {
        return request.progress();
    }

    void overdue(String missed) {
        if (overdue == null) {
            overdue = missed;
        }
    }

    /** The program is ending, so that the connection is cut. */
    void ending() {
        ending = true;
    }

    /** Whether nothing would be lost if it were cut at any time. */
    boolean changesNothing() {
        return request instanceof ApiRequest.AskSegment;
    }

    void head(HttpResponse answer) {
        progress().answering();
        status = answer.getCode();
        retryAfter = value(answer, "Retry-After");
        location = value(answer, "Location");
    }

    private static @Nullable String value(HttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Reads the answer's body, as far as it is allowed to go. */
    void body(@Nullable HttpEntity entity) throws IOException {
        if (entity != null) {
            read(entity.getContent());
        }
        complete = fault == null;
    }

    private void read(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            int room = BODY_LIMIT - body.size();
            body.write(buffer, 0, Math.min(room, read));
            if (read > room) {
                fault = WireFault.of("expected an answer of at most 1 MiB, found more");
                return;
            }
        }
    }

    void failed(Throwable cause, Deadlines deadlines) {
        fault = fault(cause, deadlines);
    }

    private WireFault fault(Throwable cause, Deadlines deadlines) {
        if (cause instanceof StagedChangedException) {
            return new WireFault(Kind.STAGED_CHANGED, Faults.inWords(cause));
        }
        if (ending || cause instanceof SendStoppedException) {
            return new WireFault(Kind.ENDING, "the program was ending, and the request was stopped");
        }
        String missed = missed(cause, deadlines);
        return missed == null
                ? new WireFault(Faults.isTls(cause) ? Kind.TLS : Kind.WIRE, Faults.inWords(cause))
                : WireFault.of(missed);
    }

    /** The socket's own time-out and the watch's cut are one thing; either may come first. */
    private @Nullable String missed(Throwable cause, Deadlines deadlines) {
        return switch (cause) {
            case SocketTimeoutException e -> deadlines.missed(progress().stage());
            default -> overdue;
        };
    }

    /** Both sides said all they had to say. */
    boolean isWhole() {
        return complete && progress().lastBoundaryWritten();
    }

    /** What was seen; from here on nothing that may be kept holds the key. */
    Observation observation() {
        String said = body.toString(UTF_8);
        return new Observation(
                phase(),
                progress().lastBoundaryWritten(),
                status,
                retryAfter,
                location == null ? null : key.hide(location),
                said,
                new Answer(status, key.hide(said)),
                fault);
    }

    private Phase phase() {
        if (complete) {
            return Phase.ANSWER_COMPLETE;
        }
        return status == 0 ? progress().phase() : Phase.STATUS_READ;
    }
}
