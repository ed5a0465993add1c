package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.Reply;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.testkit.Pair;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock is set while an import waits: nothing waits longer for it, and nothing is given up. */
@NullUnmarked
class ClockTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private Rig.Setup setup;

    @BeforeEach
    void setUp() {
        setup = Rig.Setup.of(folder, api);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -600, 600, 3_600, 86_400})
    void a_closed_gate_opens_soon_after_the_api_is_well(long seconds) {
        try (Rig rig = closed()) {
            rig.clock().set(Duration.ofSeconds(seconds));
            api.accept();
            rig.drain(SOON);
            assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
            assertThat(rig.row("a.csv").settled()).isTrue();
        }
        assertThat(api.account().applied(1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, 86_400})
    void so_it_does_if_the_clock_was_set_in_a_stop(long seconds) {
        closed().close();
        setup.clock().set(Duration.ofSeconds(seconds));
        api.accept();
        try (Rig rig = Rig.start(setup)) {
            rig.drain(SOON);
            assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
        }
        assertThat(api.account().applied(1)).hasSize(1);
    }

    /** An import that waits behind the API's gate, which was probed in vain for a while. */
    private Rig closed() {
        api.refuse();
        Pair.adds("a.csv", 1, "a@example.com")
                .into(setup.drops().get("acme"), setup.clock().instant());
        Rig rig = Rig.start(setup);
        rig.drain(Duration.ofMinutes(30));
        assertThat(rig.gates().find(Gates.API)).isPresent();
        return rig;
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -60, 60, 86_400})
    void a_pause_that_the_api_asked_for_is_kept_and_no_longer(long seconds) {
        api.next(new Fault.Answered(
                Fault.Effect.NOT_APPLIED, Reply.json(429, "{}").with("Retry-After", "1800")));
        Pair.adds("a.csv", 1, "a@example.com")
                .into(setup.drops().get("acme"), setup.clock().instant());
        try (Rig rig = Rig.start(setup)) {
            rig.drain(Duration.ofMinutes(10));
            rig.clock().set(Duration.ofSeconds(seconds));
            rig.drain(Duration.ofMinutes(19));
            assertThat(api.account().applied(1)).isEmpty();
            rig.drain(Duration.ofMinutes(2));
            assertThat(api.account().applied(1)).hasSize(1);
        }
    }

    @Test
    void a_day_ahead_gives_nothing_up() {
        Fault fails = Fault.answer(500, "{}");
        api.forSegment(1, fails, fails);
        Pair.adds("a.csv", 1, "a@example.com")
                .into(setup.drops().get("acme"), setup.clock().instant());
        try (Rig rig = Rig.start(setup)) {
            rig.run();
            rig.clock().set(Duration.ofDays(1));
            rig.drain(Duration.ofMinutes(1));

            assertThat(api.journal().imports(1)).hasSize(3);
            assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
        }
    }
}
