package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to: the value that {@code 20-check} chooses by.
 *
 * @param found the same in the ledger's words
 * @param earlier the import that came before with this requestId; null if none is known
 */
public record CheckVerdict(
        Kind kind,
        Checking checking,
        Imports.Checked found,
        @Nullable ImportRow earlier) {

    /** What follows. */
    public enum Kind {
        /** The pair is refused. */
        REJECTED,
        /** A dry run of a pair that is sound. */
        CHECKED,
        /** A person ended the import meanwhile. */
        ENDED,
        /** The pair is sound, and is to be sent. */
        SOUND,
        /** It is planned. */
        PLANNED,
        /** The same was sent before under this requestId. */
        DUPLICATE,
        /** Something else was sent before under this requestId. */
        REUSED
    }

    public boolean isRejected() {
        return kind == Kind.REJECTED;
    }

    public boolean isChecked() {
        return kind == Kind.CHECKED;
    }

    public boolean isSound() {
        return kind == Kind.SOUND;
    }

    public boolean isDuplicate() {
        return kind == Kind.DUPLICATE;
    }

    public boolean isReused() {
        return kind == Kind.REUSED;
    }

    CheckVerdict now(Kind other, @Nullable ImportRow before) {
        return new CheckVerdict(other, checking, found, before);
    }
}
