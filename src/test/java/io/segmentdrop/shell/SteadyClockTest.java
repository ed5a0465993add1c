package io.segmentdrop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.SetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SetClock machine = new SetClock(NOW);
    private final SteadyClock clock = new SteadyClock(machine, machine);

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, 3_600, 86_400})
    void a_jump_is_followed_when_it_is_told_to(long seconds) {
        machine.advance(Duration.ofMinutes(1));
        machine.set(Duration.ofSeconds(seconds));
        machine.advance(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(62));

        SteadyClock.Jump jump = clock.jump().orElseThrow();
        assertThat(jump.by()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(jump.isBack()).isEqualTo(seconds < 0);
        machine.advance(Duration.ofSeconds(1));
        clock.follow(jump);

        assertThat(clock.instant()).isEqualTo(machine.instant());
        assertThat(clock.jump()).isEmpty();
        machine.advance(Duration.ofDays(1));
        assertThat(clock.instant()).isEqualTo(machine.instant());
    }

    @Test
    void small_steps_are_followed_and_never_add_up_to_a_jump() {
        for (int i = 0; i < 20; i++) {
            machine.advance(Duration.ofMinutes(1));
            machine.set(Duration.ofSeconds(4));
            assertThat(clock.jump()).isEmpty();
            assertThat(clock.instant()).isEqualTo(machine.instant());
        }
    }

    @Test
    void time_that_passes_unseen_is_no_jump() {
        machine.advance(Duration.ofDays(30));
        assertThat(clock.jump()).isEmpty();
        assertThat(clock.instant()).isEqualTo(machine.instant());
    }
}
