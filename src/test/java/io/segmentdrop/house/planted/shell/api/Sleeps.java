package io.segmentdrop.house.planted.shell.api;

/** Planted: a thread that sleeps. */
public final class Sleeps {
    public void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
