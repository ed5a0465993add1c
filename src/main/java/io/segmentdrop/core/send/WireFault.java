package io.segmentdrop.core.send;

/**
 * Why a request has no whole answer.
 *
 * @param words what went wrong, as a clause, without addresses of people or keys
 */
public record WireFault(Kind kind, String words) {

    /** Whose doing it was, as far as what follows depends on it. */
    public enum Kind {
        /** Of the network, the API or its host. */
        WIRE,
        /** The API's host could not be trusted: its certificate, or the TLS handshake. */
        TLS,
        /** We stopped the request, since the file had changed since it was checked. */
        STAGED_CHANGED,
        /** We stopped the request, since the program was ending. */
        ENDING
    }

    /** A fault of the wire. */
    public static WireFault of(String words) {
        return new WireFault(Kind.WIRE, words);
    }
}
