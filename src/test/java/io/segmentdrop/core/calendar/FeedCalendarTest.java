package io.segmentdrop.core.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When files are expected, and whether they came. In these tests 2026-11-20 is a Friday, and Paris is an hour ahead of UTC. */
class FeedCalendarTest {

    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

    private static FeedCalendar paris(String by, Set<DayOfWeek> days, int files) {
        return new FeedCalendar(
                LocalTime.parse(by), ZoneId.of("Europe/Paris"), days, files, Set.of(LocalDate.parse("2026-12-25")));
    }

    private static FeedCalendar.Arrivals arrivals(String times) {
        List<Instant> all = Arrays.stream(times.split(" "))
                .filter(time -> !time.isBlank())
                .map(Instant::parse)
                .toList();
        return (from, to) -> all.stream()
                .filter(time -> !time.isBefore(from) && time.isBefore(to))
                .count();
    }

    /** Due at 06:00 of Paris, which is 05:00Z, from Monday to Friday. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        # now,                arrivals,                                   state,     day
        2026-11-18T01:00:00Z, '2026-11-17T04:00:00Z',                     EXPECTED,  2026-11-18
        2026-11-18T04:00:00Z, '2026-11-17T04:00:00Z',                     DUE_SOON,  2026-11-18
        2026-11-18T04:59:59Z, '2026-11-17T04:00:00Z',                     DUE_SOON,  2026-11-18
        2026-11-18T05:00:00Z, '2026-11-17T04:00:00Z',                     LATE,      2026-11-18
        2026-11-18T04:30:00Z, '2026-11-18T04:10:00Z',                     ARRIVED,   2026-11-18
        2026-11-18T04:30:00Z, '2026-11-17T17:00:00Z',                     ARRIVED,   2026-11-18
        2026-11-18T09:00:00Z, '2026-11-18T07:00:00Z',                     ARRIVED,   2026-11-18
        2026-11-18T16:59:00Z, '',                                         LATE,      2026-11-18
        2026-11-18T17:00:00Z, '',                                         MISSING,   2026-11-19
        2026-11-19T05:00:00Z, '',                                         LATE,      2026-11-19
        2026-11-18T18:00:00Z, '2026-11-18T17:30:00Z',                     ARRIVED,   2026-11-19
        # the weekend belongs to Friday until Sunday evening
        2026-11-21T12:00:00Z, '2026-11-20T04:00:00Z',                     ARRIVED,   2026-11-20
        2026-11-21T12:00:00Z, '2026-11-21T09:00:00Z',                     ARRIVED,   2026-11-20
        2026-11-22T18:00:00Z, '2026-11-20T04:00:00Z',                     EXPECTED,  2026-11-23
        # nothing is expected on a holiday, a Friday
        2026-12-25T05:30:00Z, '2026-12-24T04:00:00Z',                     ARRIVED,   2026-12-24
        2026-12-28T05:00:00Z, '2026-12-24T04:00:00Z',                     LATE,      2026-12-28
        """)
    void aFileEachWorkday(String now, String arrivals, FeedState.Word word, String day) {
        FeedState state = paris("06:00", WORKDAYS, 1).state(Instant.parse(now), arrivals(arrivals));

        assertThat(state.word()).isEqualTo(word);
        assertThat(state.day()).isEqualTo(day);
    }

    @Test
    void everyFileMustCome() {
        FeedCalendar two = paris("06:00", WORKDAYS, 2);
        Instant late = Instant.parse("2026-11-18T05:00:00Z");

        FeedState one = two.state(late, arrivals("2026-11-18T04:00:00Z"));
        assertThat(one.word()).isEqualTo(FeedState.Word.LATE);
        assertThat(one.reason()).isEqualTo("expected 2 files by 2026-11-18T05:00:00Z for 2026-11-18, found 1");
        assertThat(two.state(late, arrivals("2026-11-18T04:00:00Z 2026-11-18T04:30:00Z"))
                        .word())
                .isEqualTo(FeedState.Word.ARRIVED);
    }

    /** A time at the end of the day belongs to its own day from midnight on. */
    @Test
    void aFileOfTheMorningIsInTimeForTheEvening() {
        FeedCalendar evening = paris("23:00", ALL, 1);

        assertThat(evening.state(Instant.parse("2026-11-18T22:30:00Z"), arrivals("2026-11-17T23:00:00Z"))
                        .word())
                .isEqualTo(FeedState.Word.ARRIVED);
        assertThat(evening.state(Instant.parse("2026-11-18T22:30:00Z"), arrivals("2026-11-17T22:59:59Z"))
                        .word())
                .isEqualTo(FeedState.Word.LATE);
    }

    /** On 2026-03-29 Paris goes from 02:00 to 03:00; on 2026-10-25 from 03:00 back to 02:00. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        # by,  day,        deadline
        06:00, 2026-03-28, 2026-03-28T05:00:00Z
        06:00, 2026-03-29, 2026-03-29T04:00:00Z
        02:30, 2026-03-29, 2026-03-29T01:30:00Z
        01:59, 2026-03-29, 2026-03-29T00:59:00Z
        03:00, 2026-03-29, 2026-03-29T01:00:00Z
        06:00, 2026-10-25, 2026-10-25T05:00:00Z
        02:30, 2026-10-25, 2026-10-25T00:30:00Z
        03:00, 2026-10-25, 2026-10-25T02:00:00Z
        """)
    void theDeadlineFollowsTheClockOfTheZone(String by, String day, String deadline) {
        FeedCalendar.Period period = at(paris(by, ALL, 1), Instant.parse(deadline));

        assertThat(period.day()).isEqualTo(day);
        assertThat(period.deadline()).isEqualTo(deadline);
    }

    /** Whatever the time and the zone, every moment is in one period, and the periods follow without a gap. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 02:30",
        "Europe/Paris, 00:00",
        "America/Sao_Paulo, 00:00",
        "Pacific/Apia, 12:00",
        "UTC, 23:59"
    })
    void everyMomentIsInOnePeriod(String zone, String by) {
        FeedCalendar calendar = new FeedCalendar(LocalTime.parse(by), ZoneId.of(zone), ALL, 1, Set.of());
        Instant now = Instant.parse("2026-03-20T00:00:00Z");
        for (int hour = 0; hour < 24 * 365; hour += 5) {
            Instant time = now.plusSeconds(3600L * hour);
            FeedCalendar.Period period = at(calendar, time);
            assertThat(period.holds(time)).isTrue();
            assertThat(period.deadline()).isBetween(period.opens(), period.ends());
            assertThat(at(calendar, period.ends()).opens()).isEqualTo(period.ends());
        }
    }

    private static FeedCalendar.Period at(FeedCalendar calendar, Instant time) {
        return Objects.requireNonNull(calendar.at(time));
    }

    @Test
    void aCalendarOfHolidaysExpectsNothing() {
        LocalDate first = LocalDate.parse("2020-01-01");
        Set<LocalDate> all =
                Set.copyOf(first.datesUntil(LocalDate.parse("2040-01-01")).toList());
        FeedCalendar calendar = new FeedCalendar(LocalTime.NOON, ZoneId.of("UTC"), ALL, 1, all);

        FeedState state = calendar.state(Instant.parse("2026-11-18T05:00:00Z"), (from, to) -> 0);

        assertThat(state.word()).isEqualTo(FeedState.Word.NOT_EXPECTED);
        assertThat(state.next()).isEqualTo("nothing");
    }

    @Test
    void aCalendarWithoutDaysIsNone() {
        assertThatThrownBy(() -> paris("06:00", Set.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> paris("06:00", ALL, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
