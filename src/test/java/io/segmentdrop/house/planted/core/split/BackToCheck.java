package io.segmentdrop.house.planted.core.split;

import io.segmentdrop.house.planted.core.check.Circle;

/** Planted: the way back of the circle. */
public final class BackToCheck {
    public String name() {
        return "x";
    }

    public String next(Circle next) {
        return next.name();
    }
}
