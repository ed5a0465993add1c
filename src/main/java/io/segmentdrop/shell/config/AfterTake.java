package io.segmentdrop.shell.config;

/** What becomes of a pair on an SFTP server once it is in custody. */
public enum AfterTake {
    /** It is removed. */
    REMOVE,
    /** It is moved to {@code taken/} beside the drop. */
    KEEP
}
