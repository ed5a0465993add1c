package io.segmentdrop.shell.routes;

import io.segmentdrop.core.send.Doubt;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.ImportRow;
import java.time.Instant;

/** Puts together what speaks for and against sending a chunk again. */
public final class Doubts {

    private final Claims claims;

    public Doubts(Claims claims) {
        this.claims = claims;
    }

    /** Before an attempt. */
    Doubt of(ImportRow row, ChunkRow chunk) {
        Instant since = Instant.ofEpochMilli(chunk.doubtSince() == null ? 0 : chunk.doubtSince());
        return doubt(row, chunk, chunk.doubts(), since, chunk.doubtAttempt() == null ? 0 : chunk.doubtAttempt());
    }

    /** After an attempt, itself included. */
    Doubt after(Claim claim, Outcome outcome) {
        ChunkRow chunk = claim.chunk();
        Instant since = chunk.doubtSince() == null ? claim.startedAt() : Instant.ofEpochMilli(chunk.doubtSince());
        long first = chunk.doubtAttempt() == null ? claim.attempt() : chunk.doubtAttempt();
        return doubt(claim.row(), chunk, chunk.doubts() + (outcome instanceof Outcome.InDoubt ? 1 : 0), since, first);
    }

    private Doubt doubt(ImportRow row, ChunkRow chunk, int times, Instant since, long first) {
        // a second creation would make a second segment
        boolean creates = chunk.number() == 0;
        ResendClass planned = row.resendClass() == null ? ResendClass.UNSAFE : row.resendClass();
        return new Doubt(
                creates ? ResendClass.UNSAFE : planned,
                row.clears() && !creates,
                times,
                since,
                times > 0 && claims.isLaterSent(row, first));
    }
}
