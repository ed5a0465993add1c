package io.segmentdrop.shell;

import java.time.Duration;

/**
 * Time that only goes on, whatever the clock is set to: how long something has lasted is measured by it, never by the
 * difference of two clocks. Only differences mean something; it begins anew with the program.
 */
@FunctionalInterface
public interface Ticker {

    /** The machine's own. */
    Ticker SYSTEM = () -> Duration.ofNanos(System.nanoTime());

    Duration elapsed();
}
