package io.segmentdrop.house.planted.core.receipt;

/** What comes after the check. */
public final class Later {
    public String name() {
        return "x";
    }
}
