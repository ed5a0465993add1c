package io.segmentdrop.shell;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock that the program goes by: the machine's, but where that one jumps, this one goes on as before until
 * {@link #follow} is called. So whoever keeps times of the future or counts from times of the past can move them along
 * first, and no other thread acts on half of a jump. What an NTP daemon does little by little is followed at once.
 */
public final class SteadyClock extends Clock {

    /** More than a daemon that slews, or a thread that stood still between two readings, explains. */
    public static final Duration LEAST = Duration.ofSeconds(5);

    /** So often the machine's clock is taken at its word again. */
    private static final Duration TRUST = Duration.ofSeconds(1);

    /**
     * A jump of the machine's clock.
     *
     * @param from what the clock would say without it
     * @param to what it says
     */
    public record Jump(Instant from, Instant to) {

        /** How far; negative for a clock that was set back. */
        public Duration by() {
            return Duration.between(from, to);
        }

        public boolean isBack() {
            return to.isBefore(from);
        }

        /** As it is told: {@code set back by PT1H, from … to …}. */
        public String words() {
            Duration far = by().abs().plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
            return "set " + (isBack() ? "back" : "ahead") + " by " + far + ", from " + from + " to " + to;
        }
    }

    /** What the machine's clock said when the ticker said this. */
    private record Base(Instant clock, Duration elapsed) {

        Instant at(Duration later) {
            return clock.plus(later.minus(elapsed));
        }
    }

    private final Clock machine;
    private final Ticker ticker;
    private final AtomicReference<Base> base;

    public SteadyClock(Clock machine, Ticker ticker) {
        this.machine = machine;
        this.ticker = ticker;
        this.base = new AtomicReference<>(new Base(machine.instant(), ticker.elapsed()));
    }

    @Override
    public Instant instant() {
        Base known = base.get();
        Duration elapsed = ticker.elapsed();
        Instant steady = known.at(elapsed);
        Instant said = machine.instant();
        if (isJump(steady, said)) {
            return steady;
        }
        if (elapsed.minus(known.elapsed()).compareTo(TRUST) > 0) {
            base.compareAndSet(known, new Base(said, elapsed));
        }
        return said;
    }

    /** The jump that was not followed yet. */
    public Optional<Jump> jump() {
        Duration before = ticker.elapsed();
        Instant said = machine.instant();
        Duration elapsed = ticker.elapsed();
        Instant steady = base.get().at(elapsed);
        // a thread that stood still in between has read two different moments
        boolean isOneMoment = elapsed.minus(before).compareTo(TRUST) < 0;
        return isOneMoment && isJump(steady, said) ? Optional.of(new Jump(steady, said)) : Optional.empty();
    }

    private static boolean isJump(Instant steady, Instant said) {
        return Duration.between(steady, said).abs().compareTo(LEAST) > 0;
    }

    /** Says from now on what the machine's clock says. */
    public void follow(Jump jump) {
        base.updateAndGet(known -> new Base(known.clock().plus(jump.by()), known.elapsed()));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("always UTC");
    }
}
