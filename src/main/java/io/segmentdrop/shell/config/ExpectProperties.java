package io.segmentdrop.shell.config;

import io.segmentdrop.core.calendar.FeedCalendar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The files that a drop expects. They are shown as due soon, late or missing, and told; nothing else depends on it.
 *
 * @param by the time of day by which they should be there, in quotes: "06:00"; absent: nothing is expected
 * @param zone the time zone of that time, such as Europe/Paris
 * @param days the days on which they are expected: MON-FRI, or a list such as MON, WED-FRI
 * @param files how many files each day, from 1
 * @param holidays dates on which none are expected, such as 2026-12-25
 */
public record ExpectProperties(
        @Nullable String by,
        @DefaultValue("UTC") String zone,
        @DefaultValue("MON-SUN") List<String> days,
        @DefaultValue("1") int files,
        @DefaultValue List<String> holidays) {

    public ExpectProperties {
        by = Texts.orNull(by);
        days = List.copyOf(days);
        holidays = List.copyOf(holidays);
    }

    /**
     * The calendar; null if nothing is expected.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public @Nullable FeedCalendar calendar() {
        if (by == null) {
            return null;
        }
        if (files < 1) {
            throw new IllegalArgumentException("expected at least 1 file, found " + files);
        }
        return new FeedCalendar(
                read(by, "a time such as \"06:00\", in quotes", LocalTime::parse),
                read(zone, "a time zone such as Europe/Paris", ZoneId::of),
                weekdays(),
                files,
                dates());
    }

    private Set<LocalDate> dates() {
        Set<LocalDate> dates = new TreeSet<>();
        holidays.forEach(text -> dates.add(read(text, "a date such as 2026-12-25", LocalDate::parse)));
        return dates;
    }

    private Set<DayOfWeek> weekdays() {
        Set<DayOfWeek> all = EnumSet.noneOf(DayOfWeek.class);
        for (String span : days) {
            List<DayOfWeek> ends = Arrays.stream(span.split("-", 2))
                    .map(ExpectProperties::weekday)
                    .toList();
            DayOfWeek day = ends.getFirst();
            all.add(day);
            while (day != ends.getLast()) {
                day = day.plus(1);
                all.add(day);
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("expected at least one day, found none");
        }
        return all;
    }

    private static DayOfWeek weekday(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().substring(0, 3).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a day MON, TUE, WED, THU, FRI, SAT or SUN, or two with a dash, found \"" + text
                                + "\""));
    }

    private static <T> T read(String text, String expected, Function<String, T> reader) {
        try {
            return reader.apply(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected " + expected + ", found \"" + text + "\"", e);
        }
    }
}
