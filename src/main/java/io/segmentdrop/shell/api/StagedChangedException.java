package io.segmentdrop.shell.api;

/** The file in our custody is no longer the one that was checked; the request was stopped before its last boundary. */
public final class StagedChangedException extends SendStoppedException {

    StagedChangedException(String why) {
        super(why);
    }
}
