package io.segmentdrop.core.problem;

/** What a {@link Code} does to the pair, row or gate that it is found in. */
public enum Verdict {
    /** The whole pair is refused; nothing of it is sent. */
    REJECT_FILE,
    /** The row is left out and goes to the rejects; the rest is sent. */
    REJECT_ROW,
    /** The import waits for a person, who releases or discards it. */
    HOLD,
    /** The import ends without being delivered, for a cause that is ours or the API's. */
    UNDELIVERABLE,
    /** A gate closes: nothing is attempted, nothing is counted, everything waits in order. */
    CLOSE_GATE,
    /** The attempt is repeated later. */
    RETRY,
    /** Accepted as it is, but a person should look. */
    WARN,
    /** Accepted after a harmless change of form, which the receipt names. */
    NOTE,
    /** Not taken yet. */
    WAIT,
    /** Never touched, only counted. */
    IGNORE
}
