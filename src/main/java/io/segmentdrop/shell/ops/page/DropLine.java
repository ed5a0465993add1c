package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One drop on the overview.
 *
 * @param from where it is, without a password
 * @param state open, paused, closed, or gone from the configuration while its partner is owed a receipt
 * @param code why it is not open; null if it is
 * @param reason the same in a sentence
 * @param by who paused it; empty if nobody did
 * @param waiting what is not taken yet, the oldest first
 * @param notes what a person should look at although the drop goes on
 * @param feed how the files stand that it expects; null if it expects none
 */
public record DropLine(
        String name,
        String from,
        String state,
        @Nullable Code code,
        String reason,
        String by,
        boolean paused,
        @Nullable Instant lastScan,
        List<Watch.Waiting> waiting,
        int ignored,
        List<DropBoard.Note> notes,
        @Nullable FeedState feed) {

    private static final String GONE = "gone";

    /** Whether another folder is in the place of its own, so that a person may accept that one. */
    public boolean isReplaced() {
        return code == Code.SRC_DIR_REPLACED;
    }

    /** False of one that the configuration no longer has. */
    public boolean isConfigured() {
        return !state.equals(GONE);
    }

    private static DropLine gone(String name, DropBoard.Note why) {
        return new DropLine(name, "", GONE, why.code(), why.reason(), "", false, null, List.of(), 0, List.of(), null);
    }

    /** The drops in the order of the configuration, then those that are gone from it. */
    static List<DropLine> of(
            Map<String, String> sources, DropBoard board, List<GateRow> closed, Map<String, FeedState> feeds) {
        Map<String, DropBoard.Sight> sights = board.all();
        Stream<DropLine> gone = board.untold().entrySet().stream()
                .filter(drop -> !sources.containsKey(drop.getKey()))
                .map(drop -> gone(drop.getKey(), drop.getValue()));
        Stream<DropLine> configured = sources.entrySet().stream()
                .map(drop -> of(
                        drop.getKey(),
                        drop.getValue(),
                        sights.getOrDefault(drop.getKey(), new DropBoard.Sight(null, List.of(), 0, null, "")),
                        closed.stream()
                                .filter(gate -> gate.name().equals(Gates.ofDrop(drop.getKey())))
                                .findFirst(),
                        board.notes(drop.getKey()),
                        feeds.get(drop.getKey())));
        return Stream.concat(configured, gone).toList();
    }

    /** A folder that cannot be read counts more than a pause. */
    private static DropLine of(
            String name,
            String from,
            DropBoard.Sight sight,
            Optional<GateRow> gate,
            List<DropBoard.Note> notes,
            @Nullable FeedState feed) {
        boolean paused = gate.filter(row -> row.code() == Code.DROP_PAUSED).isPresent();
        boolean unreadable = sight.closed() != null;
        return new DropLine(
                name,
                from,
                unreadable ? "closed" : gate.isEmpty() ? "open" : paused ? "paused" : "closed",
                unreadable ? sight.closed() : gate.map(GateRow::code).orElse(null),
                unreadable ? sight.reason() : gate.map(GateRow::reason).orElse(""),
                gate.map(GateRow::actor).orElse(""),
                paused,
                sight.lastScan(),
                sight.waiting(),
                sight.ignored(),
                notes,
                feed);
    }
}
