package io.segmentdrop.shell.api;

/**
 * The last word before an import becomes one: asked when all rows are out and the last boundary is not. A body without its
 * last boundary is no import, so this is where a shutdown or a lost lease can still stop a request without doubt.
 */
@FunctionalInterface
public interface LastBoundary {

    /** Lets every request through. */
    LastBoundary OPEN = () -> {};

    /**
     * Returns if the request may be completed.
     *
     * @throws SendStoppedException if it may not; the connection is then closed and nothing was applied
     */
    void ask() throws SendStoppedException;
}
