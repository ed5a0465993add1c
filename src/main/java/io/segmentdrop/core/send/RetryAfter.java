package io.segmentdrop.core.send;

import static java.time.temporal.ChronoField.YEAR;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date in one of the three forms of RFC 9110, section 5.6.7. */
public final class RetryAfter {

    /** The longest pause that is obeyed. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The shortest pause. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final int DIGITS_OF_AN_HOUR = 4;

    // the weekday is read past, since a server's slip in it must not cost the pause
    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]+,? +(?=[A-Z0-9])");
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.ofPattern("dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT))
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendPattern("dd-MMM-")
                    .appendValueReduced(YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ROOT))
            .appendOptional(DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu", Locale.ROOT))
            .toFormatter(Locale.ROOT);

    private RetryAfter() {}

    /**
     * The pause, between {@link #SHORTEST} and {@link #LONGEST}.
     *
     * @return null if there is no header, or it is neither a number of seconds nor a date, or it lies in the past
     */
    public static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Duration asked = SECONDS.matcher(text).matches() ? seconds(text) : untilDate(text, now);
        return asked == null || asked.isNegative() ? null : within(asked);
    }

    private static Duration seconds(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > DIGITS_OF_AN_HOUR ? LONGEST : Duration.ofSeconds(Long.parseLong(plain));
    }

    private static @Nullable Duration untilDate(String text, Instant now) {
        String date = WEEKDAY.matcher(text).replaceFirst("").replaceAll(" +", " ");
        try {
            return Duration.between(now, LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }

    private static Duration within(Duration asked) {
        Duration atLeast = asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
        return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
    }
}
