package io.segmentdrop.house.planted.core.elsewhere;

import io.segmentdrop.house.planted.core.receipt.Later;

/** Planted: a package of the core that has no place in the flow. */
public final class IsNotInTheFlow {
    public String later(Later later) {
        return later.name();
    }
}
