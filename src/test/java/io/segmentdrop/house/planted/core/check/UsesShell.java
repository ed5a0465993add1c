package io.segmentdrop.house.planted.core.check;

import io.segmentdrop.house.planted.shell.ledger.Ledger;

/** Planted: the core knows the shell. */
public final class UsesShell {
    public String name(Ledger ledger) {
        return ledger.name();
    }
}
