package io.segmentdrop.flow;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.TestLedger;
import io.segmentdrop.testkit.Torture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operations met and the program survived: it stays so. */
class SurvivedTest {

    private static final int TIMES = Torture.LONG ? 200 : 40;
    private static final int HOLDS = 5000;
    private static final int LANES = 50;

    @TempDir
    private Path folder;

    @Test
    void aPairThatIsDroppedAgainAndAgainIsSentOnce() {
        String csv = Dropper.csv("again", 3);
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
                Rig rig = Rig.start(Rig.Setup.of(folder, api))) {
            for (int i = 0; i < TIMES; i++) {
                new Dropper(folder.resolve("acme")).pair("again.csv", csv, Dropper.proving(1, csv));
                rig.run();
                rig.clock().advance(Duration.ofSeconds(1));
            }
            assertThat(api.account().applied(1)).hasSize(1);
            assertThat(rig.rows()).hasSize(TIMES);
            assertThat(rig.rows().getFirst().state()).isEqualTo(ImportState.DELIVERED);
            assertThat(rig.rows().subList(1, TIMES))
                    .extracting(ImportRow::state)
                    .containsOnly(ImportState.DUPLICATE);
            assertThat(rig.rows()).allMatch(ImportRow::settled);
        }
    }

    @Test
    void manyHoldsThatAreReleasedAtOnceGoOnInTheirOrder() throws Exception {
        try (TestLedger ledger = new TestLedger(folder)) {
            ledger.ready("00000", "lane-0", 1);
            ledger.imports().change("00000", ImportState.HELD, Code.SEG_NOT_FOUND, "so", Imports.SELF, NOW);
        }
        copy();
        try (TestLedger ledger = new TestLedger(folder);
                ExecutorService people = Executors.newFixedThreadPool(8)) {
            Decisions decisions = new Decisions(ledger.database(), ledger.imports(), ledger.events());
            List<Future<Decision>> all = new ArrayList<>();
            for (String id : ids()) {
                all.add(people.submit(() -> decisions.release(id, Decisions.As.SEND, "alice", NOW)));
            }
            for (Future<Decision> one : all) {
                assertThat(one.get()).isNotInstanceOf(Decision.Refused.class);
            }
            assertThat(ids().stream().map(id -> ledger.imports().get(id).state()))
                    .containsOnly(ImportState.READY);
            assertThat(ledger.claims().next(NOW, Set.of()))
                    .map(head -> head.row().id())
                    .hasValue("00000");
        }
    }

    private static List<String> ids() {
        return IntStream.range(0, HOLDS).mapToObj("%05d"::formatted).toList();
    }

    /** The one that is held, as often as that. */
    private void copy() throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = ledger.createStatement()) {
            ledger.setAutoCommit(false);
            statement.execute("create temp table one as select * from import");
            statement.execute("create temp table part as select * from chunk");
            try (PreparedStatement row = ledger.prepareStatement("update one set seq = null, id = ?, lane = ?");
                    PreparedStatement chunk = ledger.prepareStatement("update part set import_id = ?")) {
                for (int i = 1; i < HOLDS; i++) {
                    row.setString(1, "%05d".formatted(i));
                    row.setString(2, "lane-" + i % LANES);
                    row.execute();
                    chunk.setString(1, "%05d".formatted(i));
                    chunk.execute();
                    statement.execute("insert into import select * from one");
                    statement.execute("insert into chunk select * from part");
                }
            }
            ledger.commit();
        }
    }
}
