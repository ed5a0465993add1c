package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a row.
 *
 * @param reach what is refused for it
 * @param column the canonical header; null where it is the row's as a whole
 */
record Fault(Code code, Reach reach, @Nullable String column, String message) {

    /** What a fault refuses. */
    enum Reach {
        ROW,
        FILE
    }

    static Fault ofRow(Code code, @Nullable String column, String message) {
        return new Fault(code, Reach.ROW, column, message);
    }

    static Fault ofFile(Code code, @Nullable String column, String message) {
        return new Fault(code, Reach.FILE, column, message);
    }

    Problem at(long line) {
        return new Problem(code, line, column, message);
    }
}
