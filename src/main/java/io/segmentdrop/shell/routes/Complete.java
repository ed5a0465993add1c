package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.shell.files.Reserve;

/**
 * A pair (or a leftover that waited too long) that is to be taken now.
 *
 * @param said what the watch read in the sidecar; nothing if there is none that may be opened
 * @param claim the room that was asked for this pair and those that are taken with it
 * @param room how many bytes of it are this pair's
 */
public record Complete(Drop drop, Watch.Ready ready, Sidecars.Said said, Reserve.Claim claim, long room) {

    /** The ledger knows of the take now, and counts what is still to be written. */
    void recorded() {
        claim.written(room);
    }
}
