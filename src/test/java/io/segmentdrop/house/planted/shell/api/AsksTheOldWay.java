package io.segmentdrop.house.planted.shell.api;

import java.io.IOException;
import java.net.HttpURLConnection;

/** Planted: a second HTTP client. */
public final class AsksTheOldWay {
    public int status(HttpURLConnection connection) throws IOException {
        return connection.getResponseCode();
    }
}
