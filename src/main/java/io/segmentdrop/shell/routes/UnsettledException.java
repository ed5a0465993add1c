package io.segmentdrop.shell.routes;

/** A route came to its end without recording what became of its piece of work: a step was removed, or a branch forgets it. */
final class UnsettledException extends Exception {

    UnsettledException(String route) {
        super("the route " + route
                + " ended without recording what became of it; look for a step that is missing in it");
    }
}
