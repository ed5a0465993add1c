package io.segmentdrop.shell.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Overview.Day;
import io.segmentdrop.shell.ledger.Overview.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, times, days and hours as people see them. */
class WordsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1234, 1.2 kB",
        "20000000, 20 MB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "5000000000000, 5.0 TB",
        "5000000000000000, 5000 TB"
    })
    void bytes(long bytes, String words) {
        assertThat(Words.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-5, 0 s", "89, 89 s", "90, 2 min", "5399, 90 min", "5400, 2 h", "129599, 36 h", "129600, 2 d"})
    void ages(long seconds, String words) {
        assertThat(Words.age(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"2999, just now", "3000, 3 s ago", "240000, 4 min ago", "-1000, just now"})
    void whenSomethingWas(long millis, String words) {
        assertThat(Words.ago(NOW.toEpochMilli() - millis, NOW)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"999, 999 ms", "1500, 1.5 s", "20000, 20 s", "600000, 10 min"})
    void howLongSomethingTook(long millis, String words) {
        assertThat(Words.took(millis)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "a clause, A clause.",
        "A sentence., A sentence.",
        "activeStatus is set, activeStatus is set.",
        "'', ''",
    })
    void sentences(String clause, String sentence) {
        assertThat(Words.sentence(clause)).isEqualTo(sentence);
    }

    @Test
    void aCellShowsTheWorstOfItsDay() {
        long today = LocalDate.parse("2026-01-02").toEpochDay();
        Grid grid = Grid.of(
                List.of(
                        new Day(today, "acme", ImportState.DELIVERED, 12),
                        new Day(today, "acme", ImportState.REJECTED, 2),
                        new Day(today - 1, "acme", ImportState.HELD, 1),
                        new Day(today - 9, "acme", ImportState.HELD, 1)),
                List.of("acme", "quiet"),
                LocalDate.parse("2026-01-02"),
                2);

        assertThat(grid.days()).containsExactly(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-02"));
        assertThat(grid.rows().getFirst().cells())
                .containsExactly(
                        new Grid.Cell(1, "held", "1 held"), new Grid.Cell(14, "rejected", "2 rejected, 12 delivered"));
        assertThat(grid.rows().getLast().cells()).containsOnly(new Grid.Cell(0, "none", "nothing"));
    }

    @Test
    void aBarIsAsHighAsItsHour() {
        long hour = NOW.toEpochMilli() / 3_600_000;
        Spark spark = Spark.of(List.of(new Hour(hour, 2, 100), new Hour(hour - 1, 1, 50)), NOW, 3);

        assertThat(spark.bars())
                .containsExactly(
                        new Spark.Bar(0, 31, 1, "01:00: 0 rows"),
                        new Spark.Bar(8, 16, 16, "02:00: 50 rows"),
                        new Spark.Bar(16, 0, 32, "03:00: 100 rows"));
        assertThat(spark.rows()).isEqualTo(150);
        assertThat(spark.imports()).isEqualTo(3);
    }
}
