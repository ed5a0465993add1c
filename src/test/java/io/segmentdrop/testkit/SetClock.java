package io.segmentdrop.testkit;

import io.segmentdrop.shell.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock, and a ticker, that go on only when they are told to. Threads may share it. */
public final class SetClock extends Clock implements Ticker {

    private volatile Instant now;
    private volatile Duration elapsed = Duration.ZERO;

    public SetClock(Instant now) {
        this.now = now;
    }

    /** Goes on by that much. */
    public void advance(Duration by) {
        now = now.plus(by);
        elapsed = elapsed.plus(by);
    }

    /** Is set on, or back, by somebody: no time passes. */
    public void set(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Instant instant() {
        return now;
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
