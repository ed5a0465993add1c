package io.segmentdrop.core.send;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What speaks for and against sending a chunk again.
 *
 * @param resendClass of its import
 * @param clear whether its import clears the segment
 * @param times how many attempts of the chunk ended in doubt, the one that is judged included; counted anew when a person
 *     releases the import or the chunk is accepted
 * @param since when the first of these attempts began; meaningless if there is none
 * @param laterSentInLane whether anything else was sent in the lane after {@code since}
 */
public record Doubt(ResendClass resendClass, boolean clear, int times, Instant since, boolean laterSentInLane) {

    public Doubt {
        if (times < 0) {
            throw new IllegalArgumentException("expected a count from 0, found " + times);
        }
        if (clear && resendClass == ResendClass.SAFE) {
            throw new IllegalArgumentException("expected a clearing import to be safe in a window at most");
        }
    }

    /** True if an attempt of the chunk may have been applied. */
    public boolean exists() {
        return times > 0;
    }

    /** When the chunk may be sent again by itself, at {@code wanted} at the earliest; empty if a person must decide. */
    Optional<Instant> sendAgainAt(Instant wanted, Duration window) {
        if (!exists()) {
            return Optional.of(wanted);
        }
        return switch (resendClass) {
            case SAFE -> Optional.of(wanted);
            case SAFE_IN_WINDOW ->
                Optional.of(clear ? later(wanted, since.plus(window)) : wanted)
                        .filter(time -> againstIt(time, window).isEmpty());
            case UNSAFE -> Optional.empty();
        };
    }

    /** Why a person must decide, in a clause; empty if none must. */
    Optional<String> againstIt(Instant time, Duration window) {
        if (!exists() || resendClass == ResendClass.SAFE) {
            return Optional.empty();
        }
        if (resendClass == ResendClass.UNSAFE) {
            return Optional.of("sending it again could start a campaign effort, a text or a funnel twice");
        }
        if (laterSentInLane) {
            return Optional.of("a later import of its lane was sent in between");
        }
        if (clear) {
            return times > 1 ? Optional.of("a clearing import is sent again once only") : Optional.empty();
        }
        return time.isAfter(since.plus(window))
                ? Optional.of(
                        "the %d minutes in which it may be sent again do not suffice".formatted(window.toMinutes()))
                : Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
