package io.segmentdrop.testkit;

/** Stands for {@code kill -9} inside a test's own process: nothing in the program catches it, and nothing runs after it. */
public final class Killed extends Error {

    private static final long serialVersionUID = 1;

    public Killed(String at) {
        super("killed at " + at, null, false, false);
    }
}
