package io.segmentdrop.shell.api;

import java.time.Duration;

/**
 * How long a request may take, by the clock on the wall: an answer that drips in byte by byte does not get more time.
 *
 * @param connect for the connection, from the name's look-up to the end of the TLS handshake
 * @param writePause between two advances of the body (256 KiB or less each)
 * @param response from the last boundary to the end of the answer
 */
public record Deadlines(Duration connect, Duration writePause, Duration response) {

    public Deadlines {
        requirePositive(connect);
        requirePositive(writePause);
        requirePositive(response);
    }

    private static void requirePositive(Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("expected a deadline of 1 ms or more, found " + duration);
        }
    }

    Duration of(Progress.Stage stage) {
        return switch (stage) {
            case CONNECTING -> connect;
            case SENDING -> writePause;
            case ANSWERING -> response;
        };
    }

    /** What a missed deadline means, as a clause. */
    String missed(Progress.Stage stage) {
        return switch (stage) {
            case CONNECTING -> "expected a connection within " + seconds(connect) + ", found none";
            case SENDING ->
                "expected the API to take more of the body within " + seconds(writePause) + ", but it took nothing";
            case ANSWERING -> "expected a whole answer within " + seconds(response) + ", found none";
        };
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
