package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.receipt.Receipt;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.AttemptRow;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.routes.Receipts;
import io.segmentdrop.shell.routes.SettleStage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Imports as JSON: a line of a list, or all that is known of one. The words are those of the receipt. */
public final class ImportJson {

    private static final Set<String> OF_A_LINE = Set.of(
            "import",
            "replayOf",
            "drop",
            "file",
            "state",
            "final",
            "segment",
            "rows",
            "receivedAt",
            "finishedAt",
            "next");

    /** The API may repeat a row in its answer. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\"'<>,;:()\\[\\]{}]+@[^\\s\"'<>,;:()\\[\\]{}]+");

    private final Browse browse;
    private final Events events;
    private final Home home;
    private final Sending sending;
    private final Function<String, Optional<DropBoard.Note>> untold;

    /** @param untold why the partner of a drop, as the ledger names it, cannot be told now */
    public ImportJson(
            Browse browse,
            Events events,
            Home home,
            Sending sending,
            Function<String, Optional<DropBoard.Note>> untold) {
        this.browse = browse;
        this.events = events;
        this.home = home;
        this.sending = sending;
        this.untold = untold;
    }

    /** The lines of a list. */
    List<Map<String, Object>> lines(List<ImportRow> rows) {
        List<GateRow> gates = browse.closedGates();
        Map<String, List<ChunkRow>> chunks =
                browse.chunks(rows.stream().map(ImportRow::id).toList());
        return rows.stream()
                .map(row -> line(row, chunks.getOrDefault(row.id(), List.of()), gates))
                .toList();
    }

    private Map<String, Object> line(ImportRow row, List<ChunkRow> chunks, List<GateRow> gates) {
        JsonObject json = new JsonObject(receipt(row, chunks, gates));
        json.map().keySet().retainAll(OF_A_LINE);
        return status(json, row)
                .put("chunks", chunks.size())
                .put(
                        "chunksAccepted",
                        chunks.stream()
                                .filter(chunk -> chunk.state() == ChunkState.ACCEPTED)
                                .count())
                .put("progress", progress(row, chunks))
                .map();
    }

    /** All that is known of one import. */
    Map<String, Object> whole(ImportRow row) {
        List<ChunkRow> chunks = browse.chunks(row.id());
        JsonObject json = new JsonObject(receipt(row, chunks, browse.closedGates()));
        int header = row.header() == null ? 0 : row.header().getBytes(StandardCharsets.UTF_8).length;
        return status(json, row)
                .put("resendClass", row.resendClass())
                .put("requestId", row.requestId())
                .put("folder", folder(row))
                .put(
                        "chunks",
                        chunks.stream().map(chunk -> chunk(chunk, header)).toList())
                .put(
                        "attempts",
                        browse.attempts(row.id()).stream()
                                .map(ImportJson::attempt)
                                .toList())
                .put(
                        "events",
                        events.of(row.id()).stream().map(ImportJson::event).toList())
                .put("progress", progress(row, chunks))
                .map();
    }

    private @Nullable Map<String, Object> progress(ImportRow row, List<ChunkRow> chunks) {
        return sending.of(row, chunks).map(ImportJson::progress).orElse(null);
    }

    private static Map<String, Object> progress(Sending.State state) {
        return new JsonObject()
                .put("percent", state.percent())
                .put("chunks", state.chunks())
                .put("accepted", state.accepted())
                .put("rows", state.rows())
                .put("rowsSent", state.rowsSent())
                .put("bytes", state.bytes())
                .put("bytesSent", state.bytesSent())
                .put("sending", state.sending())
                .put("bytesPerSecond", state.rate())
                .put("secondsLeft", state.left() == null ? null : state.left().toSeconds())
                .map();
    }

    /** The receipt of an import as it stands now. */
    public Receipt receipt(ImportRow row, List<ChunkRow> chunks) {
        return Receipts.of(row, chunks, gate(row, browse.closedGates()));
    }

    private static Map<String, Object> receipt(ImportRow row, List<ChunkRow> chunks, List<GateRow> gates) {
        return Receipts.of(row, chunks, gate(row, gates)).toMap();
    }

    /** The closed gate that the import waits for. */
    private static @Nullable GateRow gate(ImportRow row, List<GateRow> gates) {
        Set<String> concern = Set.of(Gates.API, Gates.CREDENTIAL, Gates.ofDrop(row.dropName()));
        return gates.stream()
                .filter(gate -> concern.contains(gate.name()))
                .findFirst()
                .orElse(null);
    }

    /** Why the partner does not know how the import stands; empty if he does, or will at once. */
    public Optional<DropBoard.Note> untold(ImportRow row) {
        return row.told() < row.revision() ? untold.apply(row.dropName()) : Optional.empty();
    }

    private static Map<String, Object> untold(DropBoard.Note why) {
        return new JsonObject()
                .put("code", why.code())
                .put("reason", why.reason())
                .put("next", why.code().remedy())
                .map();
    }

    private JsonObject status(JsonObject json, ImportRow row) {
        return json.put("lane", row.lane())
                .put("code", row.code())
                .put("reason", row.reason())
                .put("remedy", row.code() == null ? null : row.code().remedy())
                .time("changedAt", row.changedAt())
                .put("told", row.told() >= row.revision())
                .put("untold", untold(row).map(ImportJson::untold).orElse(null));
    }

    /** Where the files of an import are, relative to the home. */
    public String folder(ImportRow row) {
        Path folder = row.settled() ? SettleStage.place(home, row) : home.work(row.id());
        return home.root().relativize(folder).toString();
    }

    private static Map<String, Object> chunk(ChunkRow chunk, int header) {
        boolean waits = chunk.state() == ChunkState.PLANNED || chunk.state() == ChunkState.IN_DOUBT;
        return new JsonObject()
                .put("number", chunk.number())
                .put("rows", chunk.rowCount())
                .put("bytes", chunk.number() == 0 ? 0 : header + chunk.byteLength())
                .put("state", chunk.state().word())
                .put("attempts", chunk.attempts())
                .time("at", chunk.acceptedAt())
                .put("code", chunk.lastCode())
                .put("failures", chunk.failures())
                .put("doubts", chunk.doubts())
                .time("notBefore", waits && chunk.notBefore() > 0 ? (Long) chunk.notBefore() : null)
                .map();
    }

    private static Map<String, Object> attempt(AttemptRow attempt) {
        return new JsonObject()
                .put("chunk", attempt.chunk())
                .put("number", attempt.number())
                .time("startedAt", attempt.startedAt())
                .time("endedAt", attempt.endedAt())
                .put("outcome", attempt.outcome())
                .put("code", attempt.code())
                .put("status", attempt.status())
                .put("answer", attempt.answer() == null ? null : masked(attempt.answer()))
                .map();
    }

    public static String masked(String answer) {
        return ADDRESS.matcher(answer).replaceAll("(an address)");
    }

    private static Map<String, Object> event(EventRow event) {
        return new JsonObject()
                .time("at", event.at())
                .put("kind", event.kind())
                .put("detail", event.detail())
                .put("actor", event.actor())
                .map();
    }
}
