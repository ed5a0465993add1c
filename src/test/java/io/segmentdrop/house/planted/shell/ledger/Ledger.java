package io.segmentdrop.house.planted.shell.ledger;

/** A part of the shell. */
public final class Ledger {
    public String name() {
        return "x";
    }
}
