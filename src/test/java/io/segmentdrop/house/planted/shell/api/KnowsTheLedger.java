package io.segmentdrop.house.planted.shell.api;

import io.segmentdrop.house.planted.shell.ledger.Ledger;

/** Planted: one part of the shell knows another. */
public final class KnowsTheLedger {
    public String name(Ledger ledger) {
        return ledger.name();
    }
}
