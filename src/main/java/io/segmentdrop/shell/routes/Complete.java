package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Watch;

/**
 * A pair (or a leftover that waited too long) that is to be taken now.
 *
 * @param said what the watch read in the sidecar; nothing if there is none that may be opened
 */
public record Complete(Drop drop, Watch.Ready ready, Sidecars.Said said) {}
