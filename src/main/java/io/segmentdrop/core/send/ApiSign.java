package io.segmentdrop.core.send;

/** What one outcome says of the API as a whole; the API's gate is opened and closed by these. */
public enum ApiSign {
    /** It answered as an application does, be it with a refusal. */
    WORKS,
    /** It could not be reached, or it answered with a server error or not at all. Several in a row are an outage. */
    DOWN,
    /** Nothing about its health. */
    NEITHER
}
