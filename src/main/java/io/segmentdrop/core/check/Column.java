package io.segmentdrop.core.check;

import java.util.regex.Pattern;

/**
 * One column of the CSV.
 *
 * @param original the header as it stands in the file
 * @param name the header as it is sent
 */
record Column(String original, String name, Kind kind) {

    private static final Pattern VARIABLE_NAME = Pattern.compile("varr_[a-z0-9_]+");

    /** What the API makes of a column. */
    enum Kind {
        EMAIL,
        VARIABLE,
        TAG,
        REPLACING_TAG,
        UNKNOWN;

        /** The kind of a canonical header. */
        static Kind of(String name) {
            return switch (name) {
                case "email" -> EMAIL;
                case "tag-add", "tag-remove", "subscriber-tag-add", "subscriber-tag-remove" -> TAG;
                case "tag-replace", "subscriber-tag-replace" -> REPLACING_TAG;
                default -> VARIABLE_NAME.matcher(name).matches() ? Kind.VARIABLE : UNKNOWN;
            };
        }
    }

    Column(String original, String name) {
        this(original, name, Kind.of(name));
    }

    boolean isEmail() {
        return kind == Kind.EMAIL;
    }

    boolean isTag() {
        return kind == Kind.TAG || kind == Kind.REPLACING_TAG;
    }
}
