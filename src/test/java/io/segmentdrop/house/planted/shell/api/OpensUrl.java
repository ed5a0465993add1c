package io.segmentdrop.house.planted.shell.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Planted: a URL that reads itself. */
public final class OpensUrl {
    public InputStream open(URL url) throws IOException {
        return url.openStream();
    }
}
