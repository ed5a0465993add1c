package io.segmentdrop.sandbox;

/** What the stand-in remembers of the rows it imports. */
public enum Members {
    /** Every member with its columns: for looking at them. */
    KEPT,
    /** Only how many rows came, and their hash: for imports larger than the memory. */
    COUNTED
}
