package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.testkit.ManyImports;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations see of a ledger with 10,000 imports, and that it is read from its indexes. */
class OverviewTest {

    private static final int MANY = 10_000;
    private static final Instant NOW = TestLedger.NOW;

    @TempDir
    static Path home;

    private static TestLedger ledger;
    private static Overview overview;
    private static Browse browse;

    @BeforeAll
    static void fill() {
        ledger = new TestLedger(home);
        ledger.close();
        ManyImports.write(home, MANY, NOW);
        ledger = new TestLedger(home);
        overview = new Overview(ledger.database());
        browse = ledger.browse();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void everyImportIsCountedOnce() {
        Map<String, Map<ImportState, Long>> counts = browse.counts();
        // the replay of another test
        counts.remove("acme");

        assertThat(counts).hasSize(ManyImports.DROPS);
        assertThat(counts.values().stream()
                        .flatMap(drop -> drop.values().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(MANY);
    }

    @Test
    void daysAddUpToWhatWasTakenInThem() {
        List<Overview.Day> days = overview.days(NOW.minus(Duration.ofDays(13)));

        assertThat(days.stream().map(Overview.Day::day).distinct()).hasSize(14);
        assertThat(days.stream().mapToLong(Overview.Day::number).sum()).isEqualTo(14L * MANY / ManyImports.DAYS);
    }

    @Test
    void hoursHoldWhatWasDelivered() {
        List<Overview.Hour> hours = overview.hours(NOW.minus(Duration.ofHours(23)));

        assertThat(hours).isNotEmpty().allSatisfy(hour -> {
            assertThat(hour.imports()).isPositive();
            assertThat(hour.rows()).isEqualTo(hour.imports() * ManyImports.ROWS);
        });
    }

    @Test
    void causesLeaveOutWhatWasReplayed() {
        List<Overview.Cause> before = overview.causes();
        ImportRow dead =
                overview.of(ImportState.UNDELIVERABLE, Code.API_REFUSED, 1).getFirst();
        ledger.taken("01REPLAY00000000000000000X", null);
        change("update import set replay_of = '%s' where id = '01REPLAY00000000000000000X'".formatted(dead.id()));

        List<Overview.Cause> after = overview.causes();

        assertThat(before)
                .extracting(Overview.Cause::state, Overview.Cause::code)
                .containsExactlyInAnyOrder(
                        tuple(ImportState.HELD, Code.SEG_NOT_FOUND),
                        tuple(ImportState.REJECTED, Code.CSV_NOT_UTF8),
                        tuple(ImportState.UNDELIVERABLE, Code.API_REFUSED));
        assertThat(number(before) - number(after)).isEqualTo(1);
        assertThat(overview.of(ImportState.UNDELIVERABLE, Code.API_REFUSED, MANY))
                .doesNotContain(dead);
        assertThat(overview.replays(dead.id())).extracting(ImportRow::id).containsExactly("01REPLAY00000000000000000X");
    }

    private static void change(String sql) {
        ledger.database().inTransaction(() -> {
            ledger.database().write().sql(sql).update();
        });
    }

    private static long number(List<Overview.Cause> causes) {
        return causes.stream()
                .filter(cause -> cause.state() == ImportState.UNDELIVERABLE)
                .mapToLong(Overview.Cause::number)
                .sum();
    }

    @Test
    void aSearchFindsByNameIdHashAndRequestId() {
        String name = ManyImports.file(4711);
        ImportRow row = browse.imports(null, null, name, Long.MAX_VALUE, 2).getFirst();

        for (String q :
                List.of(row.id(), name.toUpperCase(java.util.Locale.ROOT), String.valueOf(row.sha256()), "r-4711")) {
            assertThat(browse.imports(null, null, q, Long.MAX_VALUE, 2)).as(q).containsExactly(row);
        }
        assertThat(browse.imports(row.state(), row.dropName(), name, Long.MAX_VALUE, 2))
                .containsExactly(row);
        assertThat(browse.imports(null, "none", name, Long.MAX_VALUE, 2)).isEmpty();
        assertThat(browse.imports(null, null, name, row.seq(), 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select drop_name, state, count(*) from import where in_custody = 1 group by drop_name, state",
                "select taken_at / 86400000, drop_name, state, count(*) from import where in_custody = 1"
                        + " and taken_at >= 1 group by taken_at / 86400000, drop_name, state",
                "select seq from import where instr(lower(file_name), 'x') > 0",
                "select state, code, count(*), min(changed_at), max(changed_at) from import"
                        + " where state in ('HELD', 'REJECTED', 'UNDELIVERABLE') group by state, code",
                "select finished_at / 3600000, count(*), sum(rows_read - rows_rejected) from import"
                        + " where finished_at >= 1 and state = 'DELIVERED' group by finished_at / 3600000",
            })
    void largeRowsAreNotRead(String query) {
        List<String> plan = ledger.database()
                .read()
                .sql("explain query plan " + query)
                .query((row, number) -> row.getString("detail"))
                .list();

        assertThat(plan)
                .filteredOn(step -> step.contains("import"))
                .isNotEmpty()
                .allMatch(step -> step.contains("COVERING INDEX"));
    }
}
