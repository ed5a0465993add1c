package io.segmentdrop.sandbox;

import java.time.Duration;

/**
 * How one request goes wrong, by the phase in which it does.
 *
 * <p>{@link Effect} says whether the request was carried out all the same: an import may be in the segment although
 * nobody was told.
 */
public sealed interface Fault {

    /** Nothing goes wrong. */
    Fault NONE = new None();

    /** Whether a request does what it asks for before the fault strikes. */
    enum Effect {
        APPLIED,
        NOT_APPLIED
    }

    /** How a connection ends. */
    enum Manner {
        /** In good order, with FIN. */
        CLOSE,
        /** With RST. */
        RESET,
        /**
         * It stays open and silent until {@link StandInApi#release()}, {@link StandInApi#close()} or the other side
         * leaves.
         */
        STALL
    }

    /** See {@link #NONE}. */
    record None() implements Fault {}

    /**
     * Before a byte is read. Made for {@link StandInApi#next}; where the request is known already, it strikes after its
     * headers.
     */
    record AtConnect(Manner manner) implements Fault {}

    /** The answer comes after the headers, before the body; then the connection ends. */
    record Early(Reply reply) implements Fault {}

    /**
     * After this many bytes of the body. After a stall that was released, the request goes on as usual. A body that is
     * shorter comes through.
     *
     * @param bytes 0 for right after the headers
     */
    record InBody(long bytes, Manner manner) implements Fault {

        public InBody {
            requireCount(bytes);
        }
    }

    /** The body came whole, and no answer is begun. After a stall that was released, the usual answer is given. */
    record Unanswered(Effect effect, Manner manner) implements Fault {}

    /** Another answer than the usual one. */
    record Answered(Effect effect, Reply reply) implements Fault {}

    /**
     * Only the first bytes of the usual answer.
     *
     * @param bytes of the answer, counted from the first one of the status line
     */
    record Truncated(int bytes, Manner manner) implements Fault {

        public Truncated {
            requireCount(bytes);
        }
    }

    /** Only the first bytes of the usual answer's status line. */
    record TruncatedStatus(Manner manner) implements Fault {}

    /** All of the usual answer but its last byte. */
    record TruncatedBody(Manner manner) implements Fault {}

    /** The usual answer, one byte at a time; after {@link StandInApi#release()} the rest at once. */
    record Dribbled(Duration pause) implements Fault {}

    /** Bytes that need not be HTTP; then the connection ends. */
    record Raw(Effect effect, String latin1) implements Fault {}

    /**
     * The fault meets an import only the first time that its CSV comes to its segment. Only for faults after the body.
     */
    record FirstTime(Fault then) implements Fault {

        public FirstTime {
            if (then instanceof AtConnect || then instanceof Early || then instanceof InBody) {
                throw new IllegalArgumentException("expected a fault after the body, found " + then);
            }
        }
    }

    /** The API's answer, nothing applied. */
    static Fault answer(int status, String json) {
        return new Answered(Effect.NOT_APPLIED, Reply.json(status, json));
    }

    /** A redirect, nothing applied. */
    static Fault redirect(String location) {
        return new Answered(Effect.NOT_APPLIED, Reply.redirect(location));
    }

    private static void requireCount(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected a count of bytes, found " + bytes);
        }
    }
}
