package io.segmentdrop.core.sidecar;

/** The status that subscriptions get: JSON true, false or null. */
public enum ActiveStatus {
    ACTIVE,
    INACTIVE,
    LEAD
}
