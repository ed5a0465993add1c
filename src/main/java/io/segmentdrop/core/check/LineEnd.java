package io.segmentdrop.core.check;

/** How a record ends. */
enum LineEnd {
    LF,
    CRLF,
    CR,
    /** The source ends with it. */
    NONE
}
