package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;

/** An import's drop is no longer configured, so nobody can say what it may do. */
public final class DropGone extends RuntimeException {

    DropGone(String drop) {
        super("expected the drop " + drop + " in the configuration, found none; " + Code.DROP_GONE.remedy());
    }
}
