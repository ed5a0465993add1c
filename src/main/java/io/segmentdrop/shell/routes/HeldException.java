package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;

/** A person has to decide about an import: no retry mends the cause. {@code 90-errors} says what follows. */
public final class HeldException extends Exception {

    private final transient Code code;

    /** @param reason a sentence: what was expected, what was found, what to do */
    HeldException(Code code, String reason) {
        super(reason);
        this.code = code;
    }

    Code code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
