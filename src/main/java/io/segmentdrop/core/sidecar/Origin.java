package io.segmentdrop.core.sidecar;

/** Where an option's value came from. */
public enum Origin {
    SIDECAR,
    DROP
}
