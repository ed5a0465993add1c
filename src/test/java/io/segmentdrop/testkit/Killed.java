package io.segmentdrop.testkit;

/**
 * Stands for {@code kill -9} inside a test's own process. Camel catches it as it catches everything, and goes on; but {@link
 * Calls} lets nothing more reach disk, ledger or API, so that what is there afterwards is what a kill leaves.
 */
public final class Killed extends Error {

    private static final long serialVersionUID = 1;

    public Killed(String at) {
        super("killed at " + at, null, false, false);
    }
}
