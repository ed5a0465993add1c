package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.sidecar.SidecarParser;
import org.jspecify.annotations.Nullable;

/**
 * A pair (or a leftover that waited too long) that is to be taken now.
 *
 * @param sidecar what the watch read in the sidecar; null if there is none that may be opened
 */
public record Complete(Drop drop, Watch.Ready ready, SidecarParser.@Nullable Parsed sidecar) {}
