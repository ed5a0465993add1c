package io.segmentdrop.core.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a drop's files are expected: on these days, by this time of the zone. Where the clock is put forward over that time,
 * the deadline is as much later; where it is put back over it, the first of the two counts.
 *
 * <p>Each expected day has its period. It begins at midnight or, if that is earlier, 12 hours before its deadline, and ends
 * where the next one begins; what arrives in it counts for that day. So a list that is due at 06:00 may come from 18:00 of
 * the evening before.
 *
 * @param by the latest time of day at which the files should be there
 * @param days not empty
 * @param files how many, from 1
 * @param holidays days on which nothing is expected
 */
public record FeedCalendar(LocalTime by, ZoneId zone, Set<DayOfWeek> days, int files, Set<LocalDate> holidays) {

    private static final Duration EARLY = Duration.ofHours(12);
    private static final Duration SOON = Duration.ofHours(1);

    /** The farthest that is looked for an expected day, so that a calendar of nothing but holidays ends. */
    private static final int FARTHEST = 1000;

    public FeedCalendar {
        days = Set.copyOf(days);
        holidays = Set.copyOf(holidays);
        if (days.isEmpty() || files < 1) {
            throw new IllegalArgumentException("expected at least one day and one file, found neither or one of them");
        }
    }

    /**
     * One expected day.
     *
     * @param opens from when on an arrival counts for it; {@code deadline}: when the files should be there
     * @param ends when the next one's period opens; exclusive
     */
    public record Period(LocalDate day, Instant opens, Instant deadline, Instant ends) {

        /** Whether what happens at this time counts for it. */
        public boolean holds(Instant time) {
            return !time.isBefore(opens) && time.isBefore(ends);
        }
    }

    /** How many files arrived in a span of time. */
    @FunctionalInterface
    public interface Arrivals {

        /** From {@code from}, inclusive, until {@code to}, exclusive. */
        long between(Instant from, Instant to);
    }

    /** The period that this time is in; null before the first one that there is, and far from any. */
    public @Nullable Period at(Instant now) {
        // the period of tomorrow's deadline may have opened today
        LocalDate day = LocalDate.ofInstant(now, zone).plusDays(2);
        for (int i = 0; i < FARTHEST; i++) {
            if (isExpected(day) && !opens(day).isAfter(now)) {
                return period(day);
            }
            day = day.minusDays(1);
        }
        return null;
    }

    private @Nullable Period before(Period period) {
        return at(period.opens().minusMillis(1));
    }

    private Period period(LocalDate day) {
        LocalDate next = day.plusDays(1);
        for (int i = 0; i < FARTHEST && !isExpected(next); i++) {
            next = next.plusDays(1);
        }
        return new Period(day, opens(day), deadline(day), opens(next));
    }

    private boolean isExpected(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && !holidays.contains(day);
    }

    private Instant deadline(LocalDate day) {
        return day.atTime(by).atZone(zone).toInstant();
    }

    private Instant opens(LocalDate day) {
        Instant midnight = day.atStartOfDay(zone).toInstant();
        Instant early = deadline(day).minus(EARLY);
        return early.isBefore(midnight) ? early : midnight;
    }

    /** How the feed stands. */
    public FeedState state(Instant now, Arrivals arrivals) {
        Period period = at(now);
        if (period == null) {
            return new FeedState(FeedState.Word.NOT_EXPECTED, null, null, 0, files);
        }
        long arrived = arrivals.between(period.opens(), period.ends());
        return new FeedState(word(period, arrived, now, arrivals), period.day(), period.deadline(), arrived, files);
    }

    private FeedState.Word word(Period period, long arrived, Instant now, Arrivals arrivals) {
        if (arrived >= files) {
            return FeedState.Word.ARRIVED;
        }
        if (!now.isBefore(period.deadline())) {
            return FeedState.Word.LATE;
        }
        if (arrived == 0 && isMissed(before(period), arrivals)) {
            return FeedState.Word.MISSING;
        }
        return now.isBefore(period.deadline().minus(SOON)) ? FeedState.Word.EXPECTED : FeedState.Word.DUE_SOON;
    }

    private boolean isMissed(@Nullable Period before, Arrivals arrivals) {
        return before != null
                && Objects.requireNonNull(before).deadline().isAfter(Instant.EPOCH)
                && arrivals.between(before.opens(), before.ends()) < files;
    }
}
