package io.segmentdrop.shell.config;

/** What a user may do. */
public enum OpsRole {
    /** See everything but the partners' files. */
    VIEWER,
    /** Also act and download. */
    OPERATOR
}
