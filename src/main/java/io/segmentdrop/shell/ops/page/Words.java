package io.segmentdrop.shell.ops.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. Times are UTC, as in receipts and folders. */
public final class Words {

    private static final DateTimeFormatter STAMP = format("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter DAY = format("d MMM");
    private static final long NOW = 3000;
    private static final String[] SIZES = {"kB", "MB", "GB", "TB"};

    private Words() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** A number with a comma at each thousand. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number and what is counted, in the plural where that is right: {@code 1 row}, {@code 2 rows}. */
    public static String count(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** Bytes with two or three digits: {@code 999 B}, {@code 1.2 kB}, {@code 20 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes / 1000.0;
        int i = 0;
        while (size >= 999.5 && i < SIZES.length - 1) {
            size /= 1000;
            i++;
        }
        return String.format(Locale.ROOT, size < 9.95 ? "%.1f %s" : "%.0f %s", size, SIZES[i]);
    }

    /** A time that has passed or is left, in its largest unit: {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}. */
    public static String age(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 90) {
            return seconds + " s";
        }
        if (seconds < 90 * 60) {
            return (seconds + 30) / 60 + " min";
        }
        return seconds < 36 * 3600 ? (seconds + 1800) / 3600 + " h" : (seconds + 43_200) / 86_400 + " d";
    }

    public static String age(long since, Instant now) {
        return age(Duration.between(Instant.ofEpochMilli(since), now));
    }

    /** How long ago something was: {@code just now}, {@code 4 min ago}. */
    public static String ago(long since, Instant now) {
        return now.toEpochMilli() - since < NOW ? "just now" : age(since, now) + " ago";
    }

    /** How long something took: {@code 12 ms}, {@code 1.5 s}, then as {@link #age(Duration)}. */
    public static String took(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis < 20_000 ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0) : age(Duration.ofMillis(millis));
    }

    /** A time of the ledger, to the second. */
    public static String stamp(long millis) {
        return STAMP.format(Instant.ofEpochMilli(millis));
    }

    public static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** A text with a capital letter, unless it begins with a name, and a full stop. */
    public static String sentence(@Nullable String clause) {
        if (clause == null || clause.isBlank()) {
            return "";
        }
        String text = clause.strip();
        boolean name = text.split(" ", 2)[0].chars().anyMatch(Character::isUpperCase);
        String begun = name ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
