package io.segmentdrop.core.send;

/** How far a request got, as its sender knows it. The order counts. */
public enum Phase {
    /** No byte of the body was written: no connection, no TLS, no pool slot. */
    NOTHING_WRITTEN,
    /** The body was begun; its last boundary was not written, so that no server can read it as an import. */
    BODY_INCOMPLETE,
    /** The whole body was written, the last boundary included; no status line came. */
    BODY_WRITTEN,
    /** A whole status line and headers were read, but not the whole answer. */
    STATUS_READ,
    /** The whole answer was read. */
    ANSWER_COMPLETE
}
