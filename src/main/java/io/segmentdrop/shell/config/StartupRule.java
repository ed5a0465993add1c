package io.segmentdrop.shell.config;

/** One of the {@link StartupChecks}. */
@FunctionalInterface
interface StartupRule {

    /** Tells {@code refuse} each reason not to start. */
    void check(SegmentDropProperties properties, Refuse refuse);

    /** Takes a reason not to start. */
    @FunctionalInterface
    interface Refuse {

        /**
         * Takes one reason.
         *
         * @param key in full
         * @param fault what was expected, and what was found
         */
        void because(String key, String fault);

        /** Takes one reason, unless the condition is met. */
        default void unless(boolean met, String key, String fault) {
            if (!met) {
                because(key, fault);
            }
        }
    }

    /** The full name of a key of a drop. */
    static String dropKey(String drop, String key) {
        return SegmentDropProperties.PREFIX + ".drops." + drop + "." + key;
    }
}
