package io.segmentdrop.shell.ops;

import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.routes.Feeds;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The drops as JSON. */
public final class DropJson {

    /** The most waiting files of a drop that are shown. */
    static final int WAITING = 100;

    private final Map<String, String> sources;
    private final DropBoard board;
    private final Feeds feeds;

    /** @param sources where each drop of the configuration is, without a password, by its name */
    public DropJson(Map<String, String> sources, DropBoard board, Feeds feeds) {
        this.sources = new LinkedHashMap<>(sources);
        this.board = board;
        this.feeds = feeds;
    }

    /** Where each drop is, by its name, in the order of the configuration. */
    public Map<String, String> sources() {
        return Collections.unmodifiableMap(sources);
    }

    /** Every drop, with how many of its imports are in which state, and the gates that are closed. */
    Map<String, Object> all(Map<String, Map<ImportState, Long>> counts, List<GateRow> closed) {
        Map<String, DropBoard.Sight> sights = board.all();
        return new JsonObject()
                .put(
                        "drops",
                        sources.keySet().stream()
                                .map(drop -> drop(
                                        drop,
                                        Optional.ofNullable(sights.get(drop)),
                                        counts.getOrDefault(drop, Map.of()),
                                        gate(drop, closed)))
                                .toList())
                .put("gone", gone())
                .put("gates", closed.stream().map(DropJson::gate).toList())
                .map();
    }

    /** Drops that the configuration no longer has, while their partners are owed a receipt. */
    private List<Map<String, Object>> gone() {
        return board.untold().entrySet().stream()
                .filter(drop -> !sources.containsKey(drop.getKey()))
                .map(drop -> new JsonObject()
                        .put("name", drop.getKey())
                        .put("code", drop.getValue().code())
                        .put("reason", drop.getValue().reason())
                        .put("next", drop.getValue().code().remedy())
                        .map())
                .toList();
    }

    private static Optional<GateRow> gate(String drop, List<GateRow> closed) {
        return closed.stream()
                .filter(gate -> gate.name().equals(Gates.ofDrop(drop)))
                .findFirst();
    }

    private Map<String, Object> drop(
            String name, Optional<DropBoard.Sight> sight, Map<ImportState, Long> counts, Optional<GateRow> gate) {
        List<Watch.Waiting> waiting = sight.map(DropBoard.Sight::waiting).orElse(List.of());
        JsonObject json = new JsonObject().put("name", name).put("from", sources.get(name));
        state(json, sight, gate);
        return json.put("paused", gate.isPresent())
                .time("lastScan", sight.map(DropBoard.Sight::lastScan).orElse(null))
                .put(
                        "waiting",
                        waiting.stream().limit(WAITING).map(DropJson::waiting).toList())
                .put("waitingTotal", waiting.size())
                .put("ignored", sight.map(DropBoard.Sight::ignored).orElse(0))
                .put("notes", board.notes(name).stream().map(DropJson::note).toList())
                .put("imports", counts(counts))
                .put(
                        "feed",
                        Optional.ofNullable(feeds.all().get(name))
                                .map(DropJson::feed)
                                .orElse(null))
                .map();
    }

    /** A folder that cannot be read counts more than a pause. */
    private static void state(JsonObject json, Optional<DropBoard.Sight> sight, Optional<GateRow> gate) {
        Optional<DropBoard.Sight> unreadable = sight.filter(seen -> seen.closed() != null);
        if (unreadable.isPresent()) {
            reason(
                    json.put("state", "closed"),
                    unreadable.get().closed(),
                    unreadable.get().reason());
        } else if (gate.isPresent()) {
            boolean paused = gate.get().code() == Code.DROP_PAUSED;
            reason(
                    json.put("state", paused ? "paused" : "closed"),
                    gate.get().code(),
                    gate.get().reason());
        } else {
            json.put("state", "open");
        }
    }

    private static void reason(JsonObject json, @Nullable Code code, String reason) {
        json.put("code", code).put("reason", reason).put("next", code == null ? null : code.remedy());
    }

    private static Map<String, Object> note(DropBoard.Note note) {
        return new JsonObject()
                .put("code", note.code())
                .put("reason", note.reason())
                .put("next", note.code().remedy())
                .map();
    }

    private static Map<String, Object> waiting(Watch.Waiting waiting) {
        return new JsonObject()
                .put("name", waiting.name())
                .put("code", waiting.why())
                .put("reason", waiting.reason())
                .time("since", waiting.since())
                .put("next", waiting.why().remedy())
                .map();
    }

    private static Map<String, Object> feed(FeedState state) {
        return new JsonObject()
                .put("state", state.word().words())
                .put("day", state.day() == null ? null : state.day().toString())
                .time("deadline", state.deadline())
                .put("arrived", state.arrived())
                .put("files", state.files())
                .put("reason", state.reason())
                .put("next", state.next())
                .map();
    }

    private static Map<String, Object> counts(Map<ImportState, Long> counts) {
        JsonObject json = new JsonObject();
        for (ImportState state : ImportState.values()) {
            json.put(state.partnerWord(), counts.getOrDefault(state, 0L));
        }
        return json.map();
    }

    private static Map<String, Object> gate(GateRow gate) {
        return new JsonObject()
                .put("name", gate.name())
                .put("code", gate.code())
                .put("reason", gate.reason())
                .put("next", gate.code().remedy())
                .time("since", gate.closedAt())
                .put("by", gate.actor())
                .map();
    }
}
