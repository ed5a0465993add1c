package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Import ids sort by time and are unique, whatever the clock does. */
class ImportIdsTest {

    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli());
    private final ImportIds ids = new ImportIds(() -> Instant.ofEpochMilli(millis.get()), Optional::empty);

    @Test
    void areUlids() {
        assertThat(ids.next()).matches("[0-9A-HJKMNP-TV-Z]{26}").startsWith("01KDY");
        assertThat(ids.next().substring(0, 10)).isEqualTo(ids.next().substring(0, 10));
    }

    @Test
    void manyOfOneMillisecondSortAndDiffer() {
        List<String> made =
                IntStream.range(0, 100_000).mapToObj(i -> ids.next()).toList();
        assertThat(made).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(new HashSet<>(made)).hasSize(made.size());
    }

    @Test
    void sortAlsoWhenTheClockStepsBack() {
        List<String> made = new ArrayList<>();
        for (long step : new long[] {0, 1, -3_600_000, 5, 3_599_000, 2_000, 0}) {
            millis.addAndGet(step);
            made.add(ids.next());
        }
        assertThat(made).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
    }

    @Test
    void sortAlsoWhenTheClockStepsBackWhileNothingRuns() {
        String last = ids.next();
        millis.addAndGet(-86_400_000);
        ImportIds afterRestart = new ImportIds(() -> Instant.ofEpochMilli(millis.get()), () -> Optional.of(last));
        String next = afterRestart.next();
        assertThat(next).matches("[0-9A-HJKMNP-TV-Z]{26}").isGreaterThan(last);
        assertThat(afterRestart.next()).isGreaterThan(next);
        millis.addAndGet(86_400_001);
        assertThat(ImportIds.time(afterRestart.next())).isEqualTo(Instant.ofEpochMilli(millis.get()));
    }

    @Test
    void ofTwoProcessesInOneMillisecondDiffer() {
        ImportIds others = new ImportIds(() -> Instant.ofEpochMilli(millis.get()), Optional::empty);
        assertThat(ids.next()).isNotEqualTo(others.next());
    }
}
