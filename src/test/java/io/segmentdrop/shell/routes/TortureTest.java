package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.Calls.Wrong;
import io.segmentdrop.testkit.CountedDisk;
import io.segmentdrop.testkit.CountedLedger;
import io.segmentdrop.testkit.Killed;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.Torture;
import io.segmentdrop.testkit.TortureTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The N-th call to disk, ledger or API goes wrong, for every N until a run needs no more calls than that: it fails, it
 * reports a failure although it was carried out, the program ends before it, the program ends after it. Afterwards the
 * oracle finds every promise kept. The short form tries some, by a seed that it names; the long form tries all.
 */
@NullUnmarked
class TortureTest {

    private static final int SAMPLES = 5;

    private static final List<Pair> PAIRS = List.of(
            Pair.adds("first.csv", 1, Pair.people("a", 3)),
            Pair.adds("second.csv", 1, "a1@example.com", "b1@example.com"),
            Pair.broken("broken.csv", 2, "c@example.com"),
            Pair.campaign("campaign.csv", 3, "d@example.com"),
            Pair.adds("before.csv", 4, Pair.people("e", 2)),
            Pair.clears("clear.csv", 4, "e2@example.com", "f@example.com"));

    private static final TortureTable TABLE = new TortureTable("calls that fail or are the last");

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    @AfterEach
    void stop() {
        api.close();
    }

    @AfterAll
    static void show() {
        TABLE.end();
    }

    @Test
    void nothing_goes_wrong() {
        assertThat(violations(temporary.resolve("clean"), Calls.all())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everything_is_kept_if_the_nth_call(Wrong how) {
        int calls = calls();
        long seed = Torture.LONG ? 0 : System.nanoTime();
        List<Integer> which = Torture.LONG
                ? IntStream.rangeClosed(1, calls).boxed().toList()
                : new Random(seed)
                        .ints(1, calls + 1)
                        .distinct()
                        .limit(SAMPLES)
                        .sorted()
                        .boxed()
                        .toList();
        for (int nth : which) {
            Calls wrong = Calls.wrong(nth, how);
            List<Oracle.Violation> violations = violations(temporary.resolve(how + "-" + nth), wrong);
            if (!violations.isEmpty()) {
                fail(
                        "call %d of %d (%s) %s (seed %d): %s",
                        nth, calls, wrong.names().get(nth - 1), how, seed, violations);
            }
        }
    }

    /** The second kill strikes in the recovery from the first, or soon after it. */
    @Test
    void everything_is_kept_if_the_program_is_killed_twice() {
        int calls = calls();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < (Torture.LONG ? 200 : SAMPLES); i++) {
            Calls first = Calls.wrong(random.nextInt(1, calls + 1), Wrong.KILLED_AFTERWARDS);
            Calls second = Calls.wrong(random.nextInt(1, 30), Wrong.KILLED);
            assertThat(violations(temporary.resolve("twice-" + i), first, second))
                    .as("seed %d, case %d", seed, i)
                    .isEmpty();
        }
    }

    private int calls() {
        Calls counted = Calls.all();
        assertThat(violations(temporary.resolve("counted"), counted)).isEmpty();
        api.reset();
        return counted.names().size();
    }

    private List<Oracle.Violation> violations(Path folder, Calls calls) {
        return violations(folder, calls, Calls.all());
    }

    private List<Oracle.Violation> violations(Path folder, Calls calls, Calls again) {
        api.reset();
        Rig.Setup setup = Rig.Setup.of(folder, api).chunks(2);
        Path drop = setup.drops().get("acme");
        Pair.drop(drop, PAIRS);
        try (Running running = new Running(setup, calls)) {
            running.drain(again);
        }
        List<Oracle.Violation> violations = Oracle.violations(setup.home(), drop, PAIRS, api);
        TABLE.add(violations);
        return violations;
    }

    /** A program that is started again when it was killed. */
    private static final class Running implements AutoCloseable {

        private final Rig.Setup sound;
        private Rig rig;

        Running(Rig.Setup setup, Calls calls) {
            this.sound = setup;
            rig = start(counted(calls), calls);
        }

        private Rig start(Rig.Setup counted, Calls calls) {
            try {
                return Rig.start(counted);
            } catch (Killed | RuntimeException e) {
                if (!calls.struck()) {
                    throw e;
                }
                // a start that fails is refused, and tried again by whoever keeps the program running
                return Rig.start(sound);
            }
        }

        /** Goes on until everything rests; the second run's calls are counted by {@code again}. */
        void drain(Calls again) {
            try {
                rig.drain(Duration.ofHours(2));
            } catch (Killed e) {
                rig.close();
                rig = start(counted(again), again);
                drainAgain();
            }
        }

        private void drainAgain() {
            try {
                rig.drain(Duration.ofHours(2));
            } catch (Killed e) {
                rig.close();
                rig = Rig.start(sound);
                rig.drain(Duration.ofHours(2));
            }
        }

        private Rig.Setup counted(Calls calls) {
            return sound.disk(new CountedDisk(calls))
                    .ledger(source -> CountedLedger.of(source, calls))
                    .calls(calls);
        }

        @Override
        public void close() {
            rig.close();
        }
    }
}
