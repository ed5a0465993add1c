package io.segmentdrop.shell.api;

import java.io.IOException;

/** There is no API key that could be sent, so that no connection was opened. */
public final class NoKeyException extends IOException {

    NoKeyException(String why) {
        super(why);
    }
}
