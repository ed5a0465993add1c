package io.segmentdrop.core.send;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential, with full jitter, so that what failed together does not come back
 * together.
 *
 * @param first the longest wait after the first failure
 * @param longest the longest wait at all
 */
public record Backoff(Duration first, Duration longest) {

    private static final long FLOOR_MILLIS = 1000;
    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0 || longest.toDays() > 365) {
            throw new IllegalArgumentException(
                    "expected 1 ms <= first <= longest <= 365 d, found " + first + ", " + longest);
        }
    }

    /**
     * A random wait up to {@code min(longest, first * 2^(attempt - 1))}, and of at least 1 s, or that bound if it is shorter:
     * a draw near nothing would be no wait.
     *
     * @param attempt from 1
     */
    public Duration delay(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("expected an attempt from 1, found " + attempt);
        }
        long bound = bound(attempt);
        return Duration.ofMillis(random.nextLong(Math.min(FLOOR_MILLIS, bound), bound + 1));
    }

    private long bound(int attempt) {
        int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
        return Math.min(longest.toMillis(), first.toMillis() << doublings);
    }
}
