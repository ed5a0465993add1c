package io.segmentdrop.house.planted.shell.api;

import java.util.logging.Logger;

/** Planted: a second log. */
public final class LogsTheOldWay {
    public void log() {
        Logger.getAnonymousLogger().info("x");
    }
}
