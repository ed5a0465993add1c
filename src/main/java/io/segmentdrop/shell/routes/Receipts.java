package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.receipt.Receipt;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes receipts of what the ledger knows. */
public final class Receipts {

    private Receipts() {}

    /**
     * The receipt of an import as the ledger has it.
     *
     * @param gate a closed gate that the import waits for; null if none is closed
     */
    public static Receipt of(ImportRow row, List<ChunkRow> chunks, @Nullable GateRow gate) {
        List<ChunkRow> sendable = chunks.stream().filter(c -> c.number() > 0).toList();
        return new Receipt(
                row.id(),
                row.dropName(),
                row.fileName(),
                row.sha256(),
                row.state(),
                cause(row, gate),
                row.segment(),
                LedgerJson.options(row.options()),
                rows(row, sendable),
                sendable.stream().map(chunk -> chunk(row, chunk)).toList(),
                LedgerJson.problems(row.problems()),
                row.problemsTotal(),
                LedgerJson.problems(row.warnings()),
                hasRejects(row) ? Names.rejectsName(row.fileName()) : null,
                Instant.ofEpochMilli(row.takenAt()),
                row.finishedAt() == null ? null : Instant.ofEpochMilli(row.finishedAt()),
                row.replayOf());
    }

    /** The rejects are handed out when the import has ended. */
    static boolean hasRejects(ImportRow row) {
        return row.state().isFinal() && row.rowsRejected() > 0;
    }

    private static Receipt.@Nullable Cause cause(ImportRow row, @Nullable GateRow gate) {
        if (row.state() == ImportState.READY && gate != null) {
            return new Receipt.Cause(gate.code(), gate.reason());
        }
        if (row.code() == null || row.state() == ImportState.TAKEN) {
            return null;
        }
        return new Receipt.Cause(row.code(), row.reason() == null ? row.code().meaning() : row.reason());
    }

    private static Receipt.@Nullable Rows rows(ImportRow row, List<ChunkRow> chunks) {
        if (row.sha256() == null && row.rowsRead() == 0) {
            return null;
        }
        long sent = chunks.stream()
                .filter(c -> c.state() == ChunkState.ACCEPTED)
                .mapToLong(ChunkRow::rowCount)
                .sum();
        return new Receipt.Rows(row.rowsRead(), sent, row.rowsRejected());
    }

    private static Receipt.Chunk chunk(ImportRow row, ChunkRow chunk) {
        String header = row.header() == null ? "" : row.header();
        return new Receipt.Chunk(
                chunk.number(),
                chunk.rowCount(),
                header.getBytes(StandardCharsets.UTF_8).length + chunk.byteLength(),
                chunk.state(),
                chunk.attempts(),
                chunk.acceptedAt() == null ? null : Instant.ofEpochMilli(chunk.acceptedAt()));
    }
}
