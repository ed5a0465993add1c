package io.segmentdrop.house.planted.shell.api;

/** Planted: the shell prints. */
public final class Prints {
    public void print() {
        System.out.println("x");
    }
}
