package io.segmentdrop.testkit;

/** Which form the heavy tests take in this run. */
public final class Torture {

    /** True in {@code mvn verify -Ptorture}; otherwise each heavy test runs in a form that is short. */
    public static final boolean LONG = "long".equals(System.getProperty("segment-drop.torture"));

    private Torture() {}
}
