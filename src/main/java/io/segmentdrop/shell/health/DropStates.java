package io.segmentdrop.shell.health;

import io.segmentdrop.core.drop.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Each drop: its last scan, what waits longest and why, and why it is closed. Never part of readiness. */
public final class DropStates implements HealthIndicator {

    private final DropBoard board;

    public DropStates(DropBoard board) {
        this.board = board;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        board.all().forEach((drop, sight) -> {
            health.withDetail(drop, detail(sight, board.notes(drop)));
            if (sight.closed() != null) {
                health.down();
            }
        });
        return health.build();
    }

    private static Map<String, @Nullable Object> detail(DropBoard.Sight sight, List<DropBoard.Note> notes) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("state", sight.closed() == null ? "open" : "closed");
        if (sight.closed() != null) {
            detail.put("code", sight.closed().name());
            detail.put("reason", sight.reason());
            detail.put("next", sight.closed().remedy());
        }
        detail.put(
                "lastScan", sight.lastScan() == null ? null : sight.lastScan().toString());
        detail.put("waiting", sight.waiting().size());
        if (!sight.waiting().isEmpty()) {
            Watch.Waiting oldest = sight.waiting().getFirst();
            detail.put("oldestWaiting", oldest.name());
            detail.put("oldestWaitingCode", oldest.why().name());
            detail.put("oldestWaitingSince", oldest.since().toString());
            detail.put("oldestWaitingNext", oldest.why().remedy());
        }
        detail.put("ignored", sight.ignored());
        if (!notes.isEmpty()) {
            detail.put("notes", notes.stream().map(DropStates::note).toList());
        }
        return detail;
    }

    private static Map<String, String> note(DropBoard.Note note) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("code", note.code().name());
        shown.put("reason", note.reason());
        shown.put("next", note.code().remedy());
        return shown;
    }
}
