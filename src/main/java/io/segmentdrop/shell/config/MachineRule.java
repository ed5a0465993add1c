package io.segmentdrop.shell.config;

/** The process must be able to name every file: in another locale, names with other letters than A to Z cannot be opened. */
record MachineRule(String fileNameEncoding) implements StartupRule {

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        refuse.unless(
                fileNameEncoding.equalsIgnoreCase("UTF-8"),
                "the locale of the process",
                "expected UTF-8 for file names, found " + fileNameEncoding
                        + "; set LANG=C.UTF-8 in the environment, and no LC_ALL that says otherwise");
    }
}
