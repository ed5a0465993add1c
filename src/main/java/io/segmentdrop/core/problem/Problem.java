package io.segmentdrop.core.problem;

import org.jspecify.annotations.Nullable;

/**
 * One fault or warning, as fields; receipts, pages and tests read these and not prose.
 *
 * @param code the stable code
 * @param line the physical line of the CSV on which the record begins, from 1; 0 where there is none
 * @param column the column's header or the sidecar's key; null where there is none
 * @param message one sentence: expected what, found what, and what to do where that is not plain; never a value of a row
 */
public record Problem(Code code, long line, @Nullable String column, String message) {

    public Problem {
        if (line < 0) {
            throw new IllegalArgumentException("expected a line from 0, found " + line);
        }
        if (message.isBlank()) {
            throw new IllegalArgumentException("expected a message for " + code);
        }
    }

    /** A fault of the pair as a whole. */
    public static Problem of(Code code, String message) {
        return new Problem(code, 0, null, message);
    }

    /** A fault of one key of the sidecar, or of one column as a whole. */
    public static Problem in(Code code, String column, String message) {
        return new Problem(code, 0, column, message);
    }
}
