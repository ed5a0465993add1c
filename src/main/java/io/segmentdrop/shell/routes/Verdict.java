package io.segmentdrop.shell.routes;

import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to: the value that {@code 30-send} chooses by. Exactly one of the questions is true.
 *
 * @param seen what was seen of the request
 * @param outcome what that says of the chunk and of the API
 * @param step what follows; null if it was a probe, which was no import
 * @param now when the answer, or its lack, was known
 */
public record Verdict(
        Observation seen, Outcome outcome, @Nullable Step step, Instant now) {

    /** A question to see whether the API is well again; no import was under way. */
    public boolean isProbe() {
        return step == null;
    }

    /** OptiPub has the chunk. */
    public boolean isAccepted() {
        return step instanceof Step.ChunkAccepted;
    }

    /** The chunk waits, and is sent again. */
    public boolean isAgain() {
        return step instanceof Step.TryAgain || step instanceof Step.SendAgain;
    }

    /** The chunk was too large. */
    public boolean isHalve() {
        return step instanceof Step.Halve;
    }

    /** A person decides. */
    public boolean isHold() {
        return step instanceof Step.Hold;
    }

    /** The import becomes a dead letter. */
    public boolean isUndeliverable() {
        return step instanceof Step.Undeliverable;
    }

    /** The API, the key or the drop is the cause: nothing more is sent through its gate. */
    public boolean isCloseGate() {
        return step instanceof Step.CloseGate;
    }

    Verdict with(Step other) {
        return new Verdict(seen, outcome, other, now);
    }
}
