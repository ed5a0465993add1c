package io.segmentdrop.house.planted.core.check;

import io.segmentdrop.house.planted.core.split.BackToCheck;

/** Planted: the check knows the split, which knows the check. */
public final class Circle {
    public String name() {
        return "x";
    }

    public String next(BackToCheck next) {
        return next.name();
    }
}
