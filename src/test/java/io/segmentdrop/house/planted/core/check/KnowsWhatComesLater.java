package io.segmentdrop.house.planted.core.check;

import io.segmentdrop.house.planted.core.receipt.Later;

/** Planted: the check knows the receipt. */
public final class KnowsWhatComesLater {
    public String later(Later later) {
        return later.name();
    }
}
