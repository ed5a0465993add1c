package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ImportState;
import java.util.Arrays;
import java.util.List;

/** What a person may do with an import, as the pages name it. */
public enum Act {
    RELEASE("release", "Release and send", "what is not accepted is sent, and the guards let it pass"),
    ACCEPT(
            "accept",
            "Release as accepted",
            "the chunk that was last sent is recorded as accepted, since somebody saw that OptiPub has it; the chunks"
                    + " after it are sent"),
    REPLAY_REST("replay-rest", "Replay the rest", "a new import sends what was not accepted"),
    REPLAY_ALL("replay-all", "Replay all", "a new import sends every chunk again, those that were accepted too"),
    DISCARD("discard", "Discard", "it ends as a dead letter; nothing more of it is sent");

    private final String word;
    private final String title;
    private final String effect;

    Act(String word, String title, String effect) {
        this.word = word;
        this.title = title;
        this.effect = effect;
    }

    /** The word in addresses. */
    public String word() {
        return word;
    }

    /** The words on a button. */
    public String title() {
        return title;
    }

    /** What happens, in a clause. */
    public String effect() {
        return effect;
    }

    /** What can be done with an import in this state. */
    public static List<Act> of(ImportState state) {
        return switch (state) {
            case HELD -> List.of(RELEASE, ACCEPT, DISCARD);
            case TAKEN, READY -> List.of(DISCARD);
            case DELIVERED, REJECTED -> List.of(REPLAY_ALL);
            case UNDELIVERABLE, DISCARDED -> List.of(REPLAY_REST, REPLAY_ALL);
            case DUPLICATE, CHECKED -> List.of();
        };
    }

    /** The act of this word; any other word is refused. */
    public static Act of(String word) {
        return Arrays.stream(values())
                .filter(act -> act.word.equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.bad(
                        "do to be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values()).map(Act::word).toList()),
                        Refusal.quoted(word)));
    }
}
