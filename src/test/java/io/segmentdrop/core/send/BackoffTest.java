package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));

    @ParameterizedTest
    @CsvSource({"1, 5000", "2, 10000", "3, 20000", "8, 640000", "9, 900000", "21, 900000", "2147483647, 900000"})
    void drawsFromOneSecondToItsBound(int attempt, long bound) {
        RandomGenerator random = new SplittableRandom(7);
        LongSummaryStatistics draws = LongStream.range(0, 20_000)
                .map(draw -> BACKOFF.delay(attempt, random).toMillis())
                .summaryStatistics();

        assertThat(draws.getMin()).isBetween(1000L, 1000 + bound / 100);
        assertThat(draws.getMax()).isBetween(bound - bound / 100, bound);
        assertThat(draws.getAverage()).isBetween(0.47 * bound, 0.63 * bound);
    }

    @Test
    void aBoundBelowASecondIsTheWait() {
        Backoff quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(50));

        assertThat(quick.delay(1, new SplittableRandom(1))).isEqualTo(Duration.ofMillis(20));
        assertThat(quick.delay(9, new SplittableRandom(1))).isEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT2S, PT1S", "PT1S, P400D"})
    void refusesWhatIsNoBackoff(Duration first, Duration longest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(first, longest))
                .withMessage("expected 1 ms <= first <= longest <= 365 d, found " + first + ", " + longest);
    }

    @Test
    void attemptsCountFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BACKOFF.delay(0, new SplittableRandom(1)))
                .withMessage("expected an attempt from 1, found 0");
    }
}
