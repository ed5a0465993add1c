package io.segmentdrop.core.send;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;

/** What the ledger does after one attempt. Made by {@link Delivery}. */
public sealed interface Step {

    /** What becomes of the chunk, and with it of the import. */
    sealed interface OfChunk extends Step {}

    /** The chunk is {@link ChunkState#ACCEPTED}; if it was the last, the import is delivered. */
    record ChunkAccepted() implements OfChunk {}

    /**
     * The chunk is {@link ChunkState#PLANNED} again, for it certainly had no effect.
     *
     * @param notBefore when it may be sent at the earliest
     * @param why what ended the attempt
     * @param counted whether the attempt counts towards {@code give-up-after}
     * @param canary whether another lane should be tried before, if there is one that waits
     */
    record TryAgain(Instant notBefore, Code why, boolean counted, boolean canary) implements OfChunk {}

    /**
     * The chunk is {@link ChunkState#IN_DOUBT} and may be sent again; its lane stays shut until then. Ask
     * {@link Delivery#before} right before that, since a closed gate may have outlasted the window.
     *
     * @param notBefore when it may be sent at the earliest
     * @param why what ended the attempt
     * @param counted whether the attempt counts towards {@code give-up-after}
     * @param canary whether another lane should be tried before, if there is one that waits
     */
    record SendAgain(Instant notBefore, Code why, boolean counted, boolean canary) implements OfChunk {}

    /** Too large: this chunk and the ones after it that were never sent are cut in halves, and planned again. */
    record Halve(Code why) implements OfChunk {}

    /**
     * The import is held for a person.
     *
     * @param reason a sentence: what was expected, what was found, what to do
     * @param chunk the state in which the chunk stays: refused, in doubt, or planned if it was not sent
     */
    record Hold(Code why, String reason, ChunkState chunk) implements OfChunk {}

    /**
     * The import ends as a dead letter; what is unsent stays so, and a replay sends it.
     *
     * @param reason a sentence: what was expected, what was found, what to do
     * @param chunk the state in which the chunk stays: refused or in doubt
     */
    record Undeliverable(Code why, String reason, ChunkState chunk) implements OfChunk {}

    /**
     * The gate closes, with one alert, and nothing is counted.
     *
     * @param reason a sentence: what was expected, what was found, what to do
     * @param chunk what becomes of the chunk meanwhile
     */
    record CloseGate(Gate gate, Code why, String reason, OfChunk chunk) implements Step {}
}
