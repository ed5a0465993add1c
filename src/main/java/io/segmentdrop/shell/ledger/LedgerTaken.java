package io.segmentdrop.shell.ledger;

import java.nio.file.Path;

/** Another segment-drop runs on this home. */
public final class LedgerTaken extends LedgerRefused {

    LedgerTaken(Path home) {
        super("expected the home " + home
                + " for this process alone, found another segment-drop running on it; stop it or set segment-drop.home");
    }
}
