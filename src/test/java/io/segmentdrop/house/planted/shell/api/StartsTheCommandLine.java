package io.segmentdrop.house.planted.shell.api;

import io.segmentdrop.house.planted.cli.StartsSpring;

/** Planted: the shell knows a way in. */
public final class StartsTheCommandLine {
    public String start(StartsSpring cli) {
        return cli.name();
    }
}
