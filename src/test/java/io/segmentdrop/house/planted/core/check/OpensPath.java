package io.segmentdrop.house.planted.core.check;

import java.nio.file.Path;

/** Planted: the core knows a path. */
public final class OpensPath {
    public Path path() {
        return Path.of("x");
    }
}
