package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.AttemptRow;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ops.ImportJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that happened to an import, in its order: each event, and each attempt with what came of it. */
public final class Timeline {

    private Timeline() {}

    /**
     * One thing that happened.
     *
     * @param look the class of its mark: attempt, person or event
     * @param actor who did it; empty for the program itself
     * @param took how long an attempt took, in milliseconds; null for anything else, or while it is open
     * @param answer what the API answered, addresses left out; empty if it did not
     */
    public record Item(
            long at,
            String look,
            String title,
            String text,
            String actor,
            @Nullable Long took,
            String answer) {}

    static List<Item> of(List<EventRow> events, List<AttemptRow> attempts) {
        List<Item> items = new ArrayList<>();
        attempts.forEach(attempt -> items.add(item(attempt)));
        events.forEach(event -> items.add(item(event)));
        items.sort(Comparator.comparingLong(Item::at));
        return items;
    }

    private static Item item(EventRow event) {
        boolean person = !event.actor().equals(Imports.SELF);
        return new Item(
                event.at(),
                person ? "person" : "event",
                event.kind(),
                event.detail(),
                person ? event.actor() : "",
                null,
                "");
    }

    private static Item item(AttemptRow attempt) {
        StringBuilder text = new StringBuilder("attempt ").append(attempt.number());
        if (attempt.status() != null) {
            text.append(", HTTP ").append(attempt.status());
        }
        if (attempt.code() != null) {
            text.append(", ").append(attempt.code());
        }
        return new Item(
                attempt.startedAt(),
                "attempt",
                "chunk " + attempt.chunk() + " " + (attempt.outcome() == null ? "is being sent" : attempt.outcome()),
                text.toString(),
                "",
                attempt.endedAt() == null ? null : attempt.endedAt() - attempt.startedAt(),
                attempt.answer() == null ? "" : ImportJson.masked(attempt.answer()));
    }
}
