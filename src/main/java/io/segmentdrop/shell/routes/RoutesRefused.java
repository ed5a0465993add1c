package io.segmentdrop.shell.routes;

/** The routes folder lacks what the program needs, so it must not run. The message says expected, found and what to do. */
public final class RoutesRefused extends RuntimeException {

    RoutesRefused(String message) {
        super(message);
    }
}
