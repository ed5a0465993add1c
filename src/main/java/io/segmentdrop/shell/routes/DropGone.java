package io.segmentdrop.shell.routes;

/** An import's drop is no longer configured, so nobody can say what it may do. */
public final class DropGone extends RuntimeException {

    DropGone(String drop) {
        super("expected the drop " + drop
                + " in the configuration, found none; configure it again, or discard the import");
    }
}
