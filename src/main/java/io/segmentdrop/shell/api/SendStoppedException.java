package io.segmentdrop.shell.api;

import java.io.IOException;

/** We stopped a request before its last boundary; no server can read it as an import. */
public class SendStoppedException extends IOException {

    /**
     * @param why a clause for people, without values of rows; it becomes the observation's fault
     */
    SendStoppedException(String why) {
        super(why);
    }
}
