package io.segmentdrop.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a feed stands.
 *
 * @param day the expected day that is under way; null if none is
 * @param deadline when its files should be there
 * @param arrived how many came for that day
 * @param files how many are expected
 */
public record FeedState(
        Word word, @Nullable LocalDate day, @Nullable Instant deadline, long arrived, int files) {

    /** The state in a word. */
    public enum Word {
        /** No day is near on which files are expected. */
        NOT_EXPECTED,
        /** The files may still come in time. */
        EXPECTED,
        /** The same, and the deadline is less than an hour away. */
        DUE_SOON,
        /** The files are there. */
        ARRIVED,
        /** The deadline has passed. */
        LATE,
        /** A day has passed without its files, and nothing came since; the next deadline is yet to come. */
        MISSING;

        /** As it is shown: {@code due soon}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** True if somebody should ask the sender. */
    public boolean isOverdue() {
        return word == Word.LATE || word == Word.MISSING;
    }

    /** What is known, in a sentence without its full stop. */
    public String reason() {
        return switch (word) {
            case NOT_EXPECTED -> "no files are expected on a day that is near";
            case EXPECTED, DUE_SOON, ARRIVED, LATE -> expected() + ", found " + arrived;
            case MISSING -> "a day passed without its files, and nothing came since; " + expected();
        };
    }

    private String expected() {
        return "expected %d %s by %s for %s".formatted(files, files == 1 ? "file" : "files", deadline, day);
    }

    /** What to do now. */
    public String next() {
        return switch (word) {
            case NOT_EXPECTED, ARRIVED -> "nothing";
            case EXPECTED, DUE_SOON -> "nothing; the files may still come in time";
            case LATE, MISSING -> "ask the sender; this ends by itself when the files come";
        };
    }
}
