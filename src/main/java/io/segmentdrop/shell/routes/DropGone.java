package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import java.io.IOException;

/** An import's drop is no longer configured, so nobody can say what it may do. */
public final class DropGone extends IOException {

    DropGone(String drop) {
        super(sentence(drop));
    }

    static String sentence(String drop) {
        return "expected the drop " + drop + " in the configuration, found none; " + Code.DROP_GONE.remedy();
    }
}
