package io.segmentdrop.core.send;

import java.time.Instant;

/**
 * What is known when an attempt has ended.
 *
 * @param outcome of the attempt
 * @param doubt what speaks for and against sending the chunk again, this attempt included
 * @param attempts counted failures of the chunk, this one included, since it was planned or a person released it
 * @param sameCodeInARow how many attempts of the chunk in a row ended with the outcome's code, this one included; counted anew
 *     when a person releases the import
 * @param now the time at which the attempt ended
 * @param firstFailedAt the chunk's first counted failure since the API's gate last opened or a person released the import; now
 *     if there was none
 * @param splittable whether the chunk has more than one row and its import does not clear
 * @param anyAcceptedChunk whether a chunk of the import was accepted before
 * @param probe whether the attempt was the probe of a closed gate, so that nothing is counted
 * @param otherLaneRedirected whether another lane with the same key, tried since the chunk's first redirect in the row, was
 *     answered with a redirect too
 */
public record AttemptFacts(
        Outcome outcome,
        Doubt doubt,
        int attempts,
        int sameCodeInARow,
        Instant now,
        Instant firstFailedAt,
        boolean splittable,
        boolean anyAcceptedChunk,
        boolean probe,
        boolean otherLaneRedirected) {

    public AttemptFacts {
        if (attempts < 0 || sameCodeInARow < 0) {
            throw new IllegalArgumentException("expected counts from 0, found " + attempts + ", " + sameCodeInARow);
        }
        if (outcome instanceof Outcome.InDoubt && !doubt.exists()) {
            throw new IllegalArgumentException("expected an attempt in doubt to be among the doubts");
        }
        if (splittable && doubt.clear()) {
            throw new IllegalArgumentException("expected a clearing import not to be splittable");
        }
    }
}
