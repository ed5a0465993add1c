package io.segmentdrop.shell.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a person's decision. */
public sealed interface Decision {

    /**
     * Carried out, now or by an earlier request of the same kind: then nothing was changed.
     *
     * @param row the import as it stands now; for a replay the new import
     * @param at when it was carried out
     * @param actor who decided
     */
    record Done(ImportRow row, Instant at, String actor) implements Decision {}

    /**
     * Not possible now; nothing was changed.
     *
     * @param expected in what state it would be possible, in a clause
     * @param found what is there instead, in a clause
     * @param next what to do, in a clause
     * @param deliveredBy the import that delivered what was asked to be sent again; null if that is not the reason
     */
    record Refused(
            String expected,
            String found,
            String next,
            @Nullable String deliveredBy) implements Decision {

        /** For any reason but that it was delivered. */
        public Refused(String expected, String found, String next) {
            this(expected, found, next, null);
        }

        /** As one sentence, without its full stop. */
        public String words() {
            return "expected " + expected + ", found " + found + "; " + next;
        }
    }
}
