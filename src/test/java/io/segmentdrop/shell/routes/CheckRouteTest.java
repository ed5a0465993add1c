package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.testkit.Dropper;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

/** {@code 20-check} and {@code 90-errors}: each branch that a check may take, and each kind of exception. */
class CheckRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("check", route -> {
            route.weaveById("look").replace().to("mock:look");
            route.weaveById("rows").before().to("mock:rows");
            route.weaveById("conclusion").before().to("mock:conclusion");
        });
    }

    /** Also what has no proof, and settles first. */
    private String checked(String name) {
        if (!rig.scan()) {
            trial.setup().clock().advance(Duration.ofSeconds(3));
            rig.scan();
        }
        rig.check();
        return name;
    }

    @Test
    void aSoundPairIsPlanned() {
        String name = checked(pair(11, ""));
        assertThat(state(name)).isEqualTo(ImportState.READY);
        assertThat(rig.imports().chunks(row(name).id())).hasSize(1);
        assertThat(mock("look").getReceivedCounter()).isEqualTo(1);
    }

    @Test
    void aDynamicSegmentIsRefused() {
        answers("look", 200, "{\"data\": {\"type\": \"dynamic\"}}");
        String name = checked(pair(12, ""));
        assertThat(row(name).code()).isEqualTo(Code.SEG_NOT_STATIC);
        assertThat(state(name)).isEqualTo(ImportState.REJECTED);
    }

    @Test
    void aSidecarThatIsWrongIsRefusedWithoutALookAtTheRows() {
        String name = checked(pair(13, ", \"claer\": true"));
        assertThat(state(name)).isEqualTo(ImportState.REJECTED);
        assertThat(mock("rows").getReceivedCounter()).isZero();
    }

    @Test
    void whatTheTakeRefusedIsNotRead() {
        String name = fresh();
        new Dropper(drop()).whole(name, "email\n");
        for (int day = 0; day < 3; day++) {
            checked(name);
            trial.setup().clock().advance(Duration.ofDays(1));
        }
        assertThat(row(name).code()).isEqualTo(Code.SIDE_MISSING);
        assertThat(mock("rows").getReceivedCounter()).isZero();
    }

    @Test
    void aDryRunIsChecked() {
        String name = checked(pair(14, ", \"dryRun\": true"));
        assertThat(state(name)).isEqualTo(ImportState.CHECKED);
    }

    @Test
    void aRequestIdIsGoodForOnePair() {
        String csv = Dropper.csv("one", 2);
        String first = checked(pair(fresh(), csv, 15, ", \"requestId\": \"r-1\""));
        String same = checked(pair(fresh(), csv, 15, ", \"requestId\": \"r-1\""));
        String other = checked(pair(fresh(), Dropper.csv("other", 2), 15, ", \"requestId\": \"r-1\""));
        assertThat(state(first)).isEqualTo(ImportState.READY);
        assertThat(row(same).code()).isEqualTo(Code.DUPLICATE_REQUEST);
        assertThat(row(other).code()).isEqualTo(Code.REQUEST_ID_REUSED);
    }

    @Test
    void whatAPersonEndedMeanwhileStaysEnded() {
        mock("conclusion")
                .whenAnyExchangeReceived(exchange -> rig.imports()
                        .change(
                                body(exchange, Checking.class).row().id(),
                                ImportState.DISCARDED,
                                null,
                                "not wanted",
                                "alice",
                                trial.setup().clock().instant()));
        String name = checked(pair(16, ""));
        assertThat(state(name)).isEqualTo(ImportState.DISCARDED);
    }

    /** A disk, and a ledger, may come back. */
    @Test
    void whatThePassingMachineDoesNotAllowIsPutOff() {
        for (Exception fault : new Exception[] {new IOException("no space"), new QueryTimeoutException("locked")}) {
            failNext("rows", fault);
            String name = checked(pair(17, ""));
            assertThat(state(name)).isEqualTo(ImportState.TAKEN);
            assertThat(row(name).notBefore())
                    .isGreaterThan(trial.setup().clock().instant().toEpochMilli());
            assertThat(row(name).checks()).isZero();

            mock("rows").reset();
            trial.setup().clock().advance(CheckFaults.PAUSE);
            checked(name);
            assertThat(state(name)).isEqualTo(ImportState.READY);
        }
    }

    @Test
    void whatOnlyAPersonCanMendIsHeld() {
        failNext("rows", new HeldException(Code.SRC_PERMISSION, "expected a right, found none"));
        String name = checked(pair(18, ""));
        assertThat(state(name)).isEqualTo(ImportState.HELD);
        assertThat(row(name).reason()).isEqualTo("expected a right, found none");
    }

    @Test
    void aFaultOfOursIsHeldWhenItComesAgainAndAgain() {
        String name = pair(19, "");
        Exception[] faults = {
            new IllegalStateException("one"), new DataIntegrityViolationException("two"), new RuntimeException("three")
        };
        for (Exception fault : faults) {
            assertThat(rig.rows()).noneMatch(row -> row.fileName().equals(name) && row.state() == ImportState.HELD);
            mock("rows").reset();
            failNext("rows", fault);
            checked(name);
            trial.setup().clock().advance(CheckFaults.PAUSE);
        }
        assertThat(row(name).code()).isEqualTo(Code.INTERNAL_FAULT);
        assertThat(state(name)).isEqualTo(ImportState.HELD);
    }
}
