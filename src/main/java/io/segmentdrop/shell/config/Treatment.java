package io.segmentdrop.shell.config;

/** What is done with something in a CSV that the API's pages leave open. */
public enum Treatment {
    /** It is sent as it is. */
    SEND,
    /** It is refused. */
    REJECT
}
