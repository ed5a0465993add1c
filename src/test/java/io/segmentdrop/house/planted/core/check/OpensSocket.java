package io.segmentdrop.house.planted.core.check;

import java.io.IOException;
import java.net.Socket;

/** Planted: the core opens a socket. */
public final class OpensSocket {
    public void call() throws IOException {
        new Socket("localhost", 1).close();
    }
}
