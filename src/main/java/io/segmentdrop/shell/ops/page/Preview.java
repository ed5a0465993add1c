package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Act;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an act would send. */
final class Preview {

    private Preview() {}

    /** Of something that will not be done. */
    static ActPage.Line of(ImportRow row, Decision.Refused refused) {
        return new ActPage.Line(row, 0, 0, 0, "nothing is sent", refused.words(), "");
    }

    static ActPage.Line of(Act act, ImportRow row, List<ChunkRow> planned) {
        List<ChunkRow> rows =
                planned.stream().filter(chunk -> chunk.number() > 0).toList();
        if (act == Act.DISCARD) {
            return new ActPage.Line(row, 0, 0, 0, "ends as a dead letter", caution(act, rows, ""), "");
        }
        if (rows.isEmpty()) {
            return new ActPage.Line(row, 0, 0, 0, "is checked anew, then sent", "", "");
        }
        List<ChunkRow> sent = sent(act, rows);
        long header = row.header() == null ? 0 : row.header().getBytes(StandardCharsets.UTF_8).length;
        return new ActPage.Line(
                row,
                sent.size(),
                sent.stream().mapToLong(ChunkRow::rowCount).sum(),
                sent.stream().mapToLong(chunk -> header + chunk.byteLength()).sum(),
                sent.isEmpty() ? "nothing is left to send" : where(row),
                caution(act, sent, row.clears() ? "the segment is emptied first" : unsafe(row)),
                "");
    }

    private static List<ChunkRow> sent(Act act, List<ChunkRow> rows) {
        List<ChunkRow> rest = rows.stream()
                .filter(chunk -> chunk.state() != ChunkState.ACCEPTED)
                .toList();
        return switch (act) {
            case REPLAY_ALL -> rows;
            case RELEASE, REPLAY_REST, DISCARD -> rest;
            case ACCEPT -> rest.isEmpty() ? rest : rest.subList(1, rest.size());
        };
    }

    private static String where(ImportRow row) {
        return "goes to segment " + (row.segment() == null ? "that is to be created" : row.segment());
    }

    private static String unsafe(ImportRow row) {
        return row.resendClass() == ResendClass.UNSAFE
                ? "sending twice has effects: campaign efforts, texts or funnels"
                : "";
    }

    private static String caution(Act act, List<ChunkRow> chunks, String other) {
        boolean doubt = chunks.stream().anyMatch(chunk -> chunk.state() == ChunkState.IN_DOUBT);
        if (act == Act.DISCARD && doubt) {
            return "a chunk is in doubt: OptiPub may have it";
        }
        if (act == Act.REPLAY_ALL && chunks.stream().anyMatch(chunk -> chunk.state() == ChunkState.ACCEPTED)) {
            return "OptiPub has accepted some of it before" + (other.isEmpty() ? "" : "; " + other);
        }
        return doubt ? "OptiPub may have a chunk already" + (other.isEmpty() ? "" : "; " + other) : other;
    }
}
