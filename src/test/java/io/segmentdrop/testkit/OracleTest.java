package io.segmentdrop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.testkit.Oracle.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle finds each promise broken when it is: after a run without a fault, one thing is made wrong. */
@NullUnmarked
class OracleTest {

    private static final List<Pair> PAIRS = List.of(
            Pair.adds("first.csv", 1, "a@example.com"),
            Pair.adds("second.csv", 1, "a@example.com", "b@example.com"),
            Pair.campaign("campaign.csv", 2, "c@example.com"),
            Pair.broken("broken.csv", 3, "d@example.com"));

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private Rig.Setup setup;
    private Path drop;

    @BeforeEach
    void run() {
        setup = Rig.Setup.of(temporary, api);
        drop = temporary.resolve("acme");
        Pair.drop(drop, PAIRS);
        try (Rig rig = Rig.start(setup)) {
            rig.drain(Duration.ofMinutes(5));
        }
        assertThat(found()).isEmpty();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void bytes_that_are_gone() throws IOException {
        Files.delete(in("archive", "first.csv").resolve("source.csv"));
        assertThat(found()).containsExactly(Promise.NOTHING_LOST);
    }

    @Test
    void a_pair_that_was_taken_twice() throws IOException {
        Files.writeString(drop.resolve("first.csv"), "email\n");
        assertThat(found()).containsExactly(Promise.NOTHING_LOST);
    }

    @Test
    void a_pair_that_the_ledger_does_not_know() {
        assertThat(Oracle.violations(
                        setup.home(),
                        drop,
                        Stream.concat(PAIRS.stream(), Stream.of(Pair.adds("x.csv", 9, "x@example.com")))
                                .toList(),
                        api))
                .extracting(Oracle.Violation::promise)
                .contains(Promise.NOTHING_LOST);
    }

    @Test
    void an_effort_that_started_twice() {
        again("campaign.csv");
        assertThat(found()).contains(Promise.UNSAFE_AT_MOST_ONCE, Promise.RECORDED_BEFORE_SENT);
    }

    @Test
    void an_older_chunk_after_a_newer_one() {
        again("first.csv");
        assertThat(found()).contains(Promise.ORDER_KEPT, Promise.DELIVERED_IS_THERE, Promise.RECORDED_BEFORE_SENT);
    }

    @Test
    void members_that_are_not_there() {
        api.account().reset();
        assertThat(found()).containsExactly(Promise.DELIVERED_IS_THERE);
    }

    @Test
    void an_import_that_ended_although_its_file_is_good() {
        ledger("update import set state = 'UNDELIVERABLE', code = 'GAVE_UP' where file_name = 'second.csv'");
        assertThat(found()).contains(Promise.ONLY_FAULTS_OF_THE_FILE_END_IT, Promise.DEAD_LETTERS_ARE_COMPLETE);
    }

    @Test
    void a_dead_letter_without_its_reason() throws IOException {
        Files.delete(in("dead-letter", "broken.csv").resolve("reason.json"));
        assertThat(found()).containsExactly(Promise.DEAD_LETTERS_ARE_COMPLETE);
    }

    @Test
    void a_receipt_that_is_missing() throws IOException {
        Files.delete(drop.resolve("receipts").resolve("first.csv.receipt.json"));
        assertThat(found()).containsExactly(Promise.EXPLAINED);
    }

    /** A second program on the same account delivers what was delivered already. */
    private void again(String file) {
        Rig.Setup other = Rig.Setup.of(temporary.resolve("other"), api);
        Pair.drop(
                temporary.resolve("other").resolve("acme"),
                PAIRS.stream().filter(pair -> pair.file().equals(file)).toList());
        try (Rig rig = Rig.start(other)) {
            rig.drain(Duration.ofMinutes(5));
        }
    }

    private List<Promise> found() {
        return Oracle.violations(setup.home(), drop, PAIRS, api).stream()
                .map(Oracle.Violation::promise)
                .distinct()
                .toList();
    }

    private Path in(String folder, String file) throws IOException {
        String id = LedgerBook.of(setup.home()).imports(file).getFirst().id();
        try (Stream<Path> all = Files.walk(setup.home().resolve(folder))) {
            return all.filter(path -> path.endsWith(id)).findFirst().orElseThrow();
        }
    }

    private void ledger(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + setup.home().resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
