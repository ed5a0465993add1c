package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.Calls.Wrong;
import io.segmentdrop.testkit.CountedDisk;
import io.segmentdrop.testkit.CountedLedger;
import io.segmentdrop.testkit.Killed;
import io.segmentdrop.testkit.Left;
import io.segmentdrop.testkit.Pair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kill in the rig is a kill: Camel catches it and goes on, and leaves nothing that was not there. */
@NullUnmarked
class RigTest {

    private static final List<Pair> PAIRS =
            List.of(Pair.adds("good.csv", 1, "a@example.com"), Pair.broken("broken.csv", 2, "b@example.com"));

    private static List<String> names = List.of();

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private final AtomicReference<Left> atTheKill = new AtomicReference<>();
    private Rig.Setup setup;

    @BeforeEach
    void drop() {
        setup = Rig.Setup.of(temporary, api);
        Pair.drop(setup.drops().get("acme"), PAIRS);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** One call of each route, and of what the routes do when a step fails. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ledger: insert import                  | KILLED
        disk: rename good.csv to source.csv    | KILLED_AFTERWARDS
        ledger: insert chunk                   | KILLED
        ledger: insert attempt                 | KILLED_AFTERWARDS
        api: request                           | KILLED
        api: request                           | KILLED_AFTERWARDS
        ledger: update attempt                 | KILLED
        disk: write reason.json                | KILLED
        disk: rename ID to ID                  | KILLED_AFTERWARDS
        disk: force folder receipts            | KILLED
        """)
    void nothing_is_written_after_it(String call, Wrong how) {
        Calls calls = Calls.wrong(nth(call), how).atTheKill(() -> atTheKill.set(left()));
        try (Rig rig = Rig.start(counted(calls))) {
            assertThatThrownBy(() -> rig.drain(Duration.ofMinutes(5))).isInstanceOf(Killed.class);
            assertThat(left()).isEqualTo(atTheKill.get());
            // nor does it come to life again
            assertThatThrownBy(rig::run).isInstanceOf(Killed.class);
        }
        assertThat(left()).isEqualTo(atTheKill.get());
    }

    @Test
    void nothing_is_written_after_one_at_the_start() {
        try (Rig rig = Rig.start(counted(Calls.all()))) {
            rig.scan();
            rig.check();
        }
        Calls calls = Calls.wrong(1, Wrong.KILLED).atTheKill(() -> atTheKill.set(left()));
        assertThatThrownBy(() -> Rig.start(counted(calls))).isInstanceOf(Killed.class);
        assertThat(left()).isEqualTo(atTheKill.get());
    }

    @Test
    void what_the_kill_left_is_gone_on_with() {
        Calls calls = Calls.wrong(nth("api: request"), Wrong.KILLED_AFTERWARDS);
        try (Rig rig = Rig.start(counted(calls))) {
            assertThatThrownBy(() -> rig.drain(Duration.ofMinutes(5))).isInstanceOf(Killed.class);
        }
        try (Rig rig = Rig.start(setup)) {
            rig.drain(Duration.ofMinutes(5));
            assertThat(rig.row("good.csv").state()).isEqualTo(ImportState.DELIVERED);
            assertThat(rig.row("broken.csv").state()).isEqualTo(ImportState.REJECTED);
        }
    }

    /** The number of the first such call. */
    private int nth(String call) {
        List<String> names = names();
        assertThat(names).contains(call);
        return names.indexOf(call) + 1;
    }

    /** The calls of a run in which nothing goes wrong; the same each time. */
    private List<String> names() {
        if (names.isEmpty()) {
            Rig.Setup other = Rig.Setup.of(temporary.resolve("counted"), api);
            Pair.drop(other.drops().get("acme"), PAIRS);
            Calls all = Calls.all();
            try (Rig rig = Rig.start(counted(other, all))) {
                rig.drain(Duration.ofMinutes(5));
            }
            api.reset();
            names = all.names();
        }
        return names;
    }

    private Rig.Setup counted(Calls calls) {
        return counted(setup, calls);
    }

    private static Rig.Setup counted(Rig.Setup sound, Calls calls) {
        return sound.disk(new CountedDisk(calls))
                .ledger(source -> CountedLedger.of(source, calls))
                .calls(calls);
    }

    private Left left() {
        return Left.by(setup.home(), setup.drops().get("acme"), api);
    }
}
