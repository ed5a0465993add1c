package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.SetClock;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exception means for the import that met it. */
@NullUnmarked
class FaultsTest {

    @TempDir
    Path home;

    private final DropBoard board = new DropBoard();
    private final Untold untold = new Untold(new Drops(List.of()), board);
    private TestLedger ledger;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private final SetClock clock = new SetClock(NOW);

    @Test
    void whatAPersonHasToDecideIsHeldWithItsSentence() {
        check(ledger.taken("A", "1"), new HeldException(Code.SRC_PERMISSION, "expected a right, found none"));

        assertThat(row().state()).isEqualTo(ImportState.HELD);
        assertThat(row().code()).isEqualTo(Code.SRC_PERMISSION);
        assertThat(row().reason()).isEqualTo("expected a right, found none");
    }

    @Test
    void whatWeMayNotWriteThereIsTheMachines() {
        check(ledger.taken("A", "1"), new AccessDeniedException("work/A/clean.csv"));
        assertThat(row().state()).isEqualTo(ImportState.TAKEN);
        assertThat(row().notBefore()).isGreaterThan(NOW.toEpochMilli());
    }

    /** A home whose disk is full: each import that waits meets it every five seconds. */
    @Test
    void aFaultOfTheMachineIsOneLineAMinuteHoweverManyMeetIt() {
        Rarely rarely = new Rarely(clock);
        List<String> said = new ArrayList<>();
        for (int second = 0; second <= 120; second += 5) {
            for (int each = 0; each < 100; each++) {
                rarely.say("No space left on device", said::add);
            }
            rarely.say("another cause at " + second / 60, more -> {});
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(said)
                .containsExactly(
                        "", " (and 1199 times since the last such line)", " (and 1199 times since the last such line)");
    }

    @Test
    void aDropThatCannotBeToldIsNamedWithItsCause() {
        ImportRow row = ledger.taken("A", "1");
        settle(row, new ReceiptStage.Unwritable(new IOException("No space left on device")));
        assertThat(board.untold().get("acme").code()).isEqualTo(Code.SRC_RECEIPTS_REFUSED);
        assertThat(untold.resting(NOW)).containsExactly("acme");
        assertThat(untold.resting(NOW.plusSeconds(1))).isEmpty();
        assertThat(untold.resting(NOW.minusSeconds(3600)))
                .as("a clock that was set back")
                .isEmpty();

        settle(row, new ReceiptStage.Unwritable(new NoSuchFileException("/srv/acme")));
        assertThat(board.untold().get("acme").code()).isEqualTo(Code.SRC_DIR_MISSING);

        assertThat(untold.told("acme", "A")).isTrue();
        assertThat(board.untold()).isEmpty();
        assertThat(untold.told("acme", "A")).isFalse();
    }

    private void check(ImportRow row, Exception fault) {
        CheckFaults faults = new CheckFaults(ledger.imports(), clock, clock);
        if (fault instanceof HeldException held) {
            faults.hold(row, held);
        } else {
            faults.putOff(exchange(), row, fault);
        }
    }

    private void settle(ImportRow row, Exception fault) {
        new SettleFaults(ledger.imports(), untold, clock, clock).putOff(exchange(), row, fault);
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    private ImportRow row() {
        return ledger.imports().get("A");
    }
}
