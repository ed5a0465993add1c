package io.segmentdrop.shell.ledger;

import java.time.Instant;

/**
 * One attempt that may be made now: its chunk is {@code SENDING} in the ledger already.
 *
 * @param attempt the attempt's id
 * @param startedAt when it was recorded
 * @param probe true if a gate is closed and this one attempt finds out whether it may open
 */
public record Claim(ImportRow row, ChunkRow chunk, long attempt, Instant startedAt, boolean probe) {}
