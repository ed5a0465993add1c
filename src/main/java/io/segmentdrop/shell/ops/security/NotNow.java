package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Says that a password was not looked at, and when the next try may be. */
final class NotNow extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final Duration wait;

    private NotNow(HttpStatus status, Duration wait) {
        super("not looked at");
        this.status = status;
        this.wait = wait;
    }

    /** After too many wrong ones. */
    static NotNow tooMany(Duration wait) {
        return new NotNow(HttpStatus.TOO_MANY_REQUESTS, wait);
    }

    /** While others are looked at. */
    static NotNow busy() {
        return new NotNow(HttpStatus.SERVICE_UNAVAILABLE, Duration.ofSeconds(1));
    }

    void answer(HttpServletResponse response) throws IOException {
        long seconds = wait.plusMillis(999).toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
        response.sendError(status.value());
    }
}
