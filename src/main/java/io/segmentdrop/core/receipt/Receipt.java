package io.segmentdrop.core.receipt;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.sidecar.Options;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an import at one moment, as its partner is told (design, section 10).
 *
 * @param importId the import's id
 * @param drop the drop's name
 * @param file the CSV's name
 * @param sha256 of the CSV, lower-case hexadecimal; null until it was read whole
 * @param state the import's state
 * @param cause why it is in this state: the hold, the fault, the dead letter, or the closed gate that it waits for; null if
 *     there is nothing to say
 * @param segment the segment's id; null until it is known
 * @param options the effective options; null until the sidecar was understood
 * @param rows the counts; null until the CSV was read
 * @param chunks in their order; empty until the import is planned
 * @param problems faults; the first {@value #MAX_PROBLEMS} by line are kept
 * @param problemsTotal how many faults there are in all
 * @param warnings warnings and notes
 * @param rejects the name of the rejects file beside the receipt; null if there is none
 * @param receivedAt when the pair was taken
 * @param finishedAt when the import ended; null before
 * @param replayOf the id of the import that this one replays; null if it is no replay
 */
public record Receipt(
        String importId,
        String drop,
        String file,
        @Nullable String sha256,
        ImportState state,
        @Nullable Cause cause,
        @Nullable Long segment,
        @Nullable Options options,
        @Nullable Rows rows,
        List<Chunk> chunks,
        List<Problem> problems,
        long problemsTotal,
        List<Problem> warnings,
        @Nullable String rejects,
        Instant receivedAt,
        @Nullable Instant finishedAt,
        @Nullable String replayOf) {

    /** The value of {@code schema}. */
    public static final String SCHEMA = "segment-drop/receipt/1";

    /** The most problems that a receipt shows. */
    public static final int MAX_PROBLEMS = 100;

    /**
     * Why an import is as it is.
     *
     * @param message a sentence without rows, addresses or keys
     */
    public record Cause(Code code, String message) {}

    /**
     * Counts of rows.
     *
     * @param read data rows of the CSV
     * @param sent rows that OptiPub accepted
     * @param rejected rows that were refused here
     */
    public record Rows(long read, long sent, long rejected) {}

    /**
     * One chunk.
     *
     * @param number from 1
     * @param bytes as they are sent, header included
     * @param at when its last attempt ended; null if there was none
     */
    public record Chunk(
            int number,
            long rows,
            long bytes,
            ChunkState state,
            int attempts,
            @Nullable Instant at) {}

    public Receipt {
        if (problemsTotal < problems.size()) {
            throw new IllegalArgumentException(
                    "expected at least " + problems.size() + " problems in all, found " + problemsTotal);
        }
        if (state.isFinal() != (finishedAt != null)) {
            throw new IllegalArgumentException(
                    "expected finishedAt with a final state and with no other, found " + state);
        }
        chunks = List.copyOf(chunks);
        problems = problems.stream()
                .sorted(Comparator.comparingLong(Problem::line))
                .limit(MAX_PROBLEMS)
                .toList();
        warnings = List.copyOf(warnings);
    }

    /**
     * The receipt as JSON values in the order in which they are written. What is not known is left out; times are ISO 8601
     * in UTC with milliseconds.
     */
    public Map<String, Object> toMap() {
        return ReceiptJson.of(this, null);
    }

    /**
     * The {@code reason.json} of a dead letter: the receipt, and what the API answered last.
     *
     * @param answer null if the API was not asked or did not answer
     * @throws IllegalStateException if the cause is missing
     */
    public Map<String, Object> reason(@Nullable Answer answer) {
        if (cause == null) {
            throw new IllegalStateException("expected a cause of the dead letter " + importId);
        }
        return ReceiptJson.of(this, answer);
    }

    /** What happens next, or what the partner does, in a sentence without a full stop; {@code nothing} if all is done. */
    public String next() {
        return NextStep.of(this);
    }
}
