package io.segmentdrop.core.send;

import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The configured times of sending.
 *
 * @param backoff the wait between attempts
 * @param giveUpAfter how long after its first counted failure a chunk may fail before the import is undeliverable
 * @param resendWindow how long after its first attempt in doubt began a chunk of {@link ResendClass#SAFE_IN_WINDOW} may be sent
 *     again; and how long a clearing import in doubt shuts its lane
 * @param holdLimit how long an import waits for a person before it is undeliverable
 */
public record SendRules(Backoff backoff, Duration giveUpAfter, Duration resendWindow, Duration holdLimit) {

    /** The window of the design. */
    public static final Duration RESEND_WINDOW = Duration.ofMinutes(15);

    public SendRules {
        if (!giveUpAfter.isPositive() || !resendWindow.isPositive() || !holdLimit.isPositive()) {
            throw new IllegalArgumentException("expected positive durations, found give-up-after " + giveUpAfter
                    + ", the window " + resendWindow + ", hold-limit " + holdLimit);
        }
    }

    /** The longest time between two attempts of a chunk. */
    public Duration longestWait() {
        return Stream.of(backoff.longest(), resendWindow, RetryAfter.LONGEST)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
