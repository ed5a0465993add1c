package io.segmentdrop.core.send;

/** What may be closed so that nothing is sent through it: nothing is attempted, nothing is counted, everything waits. */
public enum Gate {
    /** The whole API. */
    API,
    /** One key. */
    CREDENTIAL,
    /** One drop; closed and opened by people only. */
    DROP
}
