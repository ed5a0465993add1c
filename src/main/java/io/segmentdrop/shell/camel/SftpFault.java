package io.segmentdrop.shell.camel;

import io.segmentdrop.core.problem.Code;

/** The server cannot be used now: the connection is closed, and the code says whether it is tried again by itself. */
public final class SftpFault extends java.io.IOException {

    private final Code code;

    public SftpFault(Code code, String message) {
        super(message);
        this.code = code;
    }

    SftpFault(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
