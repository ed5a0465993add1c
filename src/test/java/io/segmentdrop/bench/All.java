package io.segmentdrop.bench;

/** The check beside its rivals, then the program from end to end. */
public final class All {

    private All() {}

    public static void main(String[] arguments) throws Exception {
        Comparison.main(arguments);
        EndToEnd.main(arguments);
    }
}
