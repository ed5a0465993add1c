package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
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
    private @Nullable String fault;
    private boolean staged;
    private volatile @Nullable String overdue;

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
                fault = "expected an answer of at most 1 MiB, found more";
                return;
            }
        }
    }

    void failed(Throwable cause, Deadlines deadlines) {
        String missed = missed(cause, deadlines);
        fault = missed == null ? Faults.inWords(cause) : missed;
        staged = cause instanceof StagedChangedException;
    }

    /** The socket's own time-out and the watch's cut are one thing; either may come first. */
    private @Nullable String missed(Throwable cause, Deadlines deadlines) {
        return switch (cause) {
            case SocketTimeoutException e -> deadlines.missed(progress().stage());
            case SendStoppedException e -> null;
            default -> overdue;
        };
    }

    /** Both sides said all they had to say. */
    boolean isWhole() {
        return complete && progress().lastBoundaryWritten();
    }

    Observation observation() {
        return new Observation(
                phase(),
                progress().lastBoundaryWritten(),
                status,
                retryAfter,
                location,
                body.toString(UTF_8),
                fault,
                staged);
    }

    private Phase phase() {
        if (complete) {
            return Phase.ANSWER_COMPLETE;
        }
        return status == 0 ? progress().phase() : Phase.STATUS_READ;
    }
}
