package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exception means for the import that met it. */
@NullUnmarked
class FaultStageTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"source.csv", "sidecar.json"})
    void whatWeMayNotReadInCustodyIsHeld(String file) {
        record("check", ledger.taken("A", "1"), new AccessDeniedException("work/A/" + file));

        assertThat(row().state()).isEqualTo(ImportState.HELD);
        assertThat(row().code()).isEqualTo(Code.SRC_PERMISSION);
        assertThat(row().reason())
                .isEqualTo("expected the right to read the files in custody (work/A), found that their owner gave none;"
                        + " give segment-drop's account the right and release it, or discard it and have the pair"
                        + " dropped again");
    }

    @Test
    void whatWeMayNotWriteThereIsTheMachines() {
        record("check", ledger.taken("A", "1"), new AccessDeniedException("work/A/clean.csv"));
        assertThat(row().state()).isEqualTo(ImportState.TAKEN);
        assertThat(row().notBefore()).isGreaterThan(NOW.toEpochMilli());
    }

    @Test
    void aDropThatIsGoneIsNoPolicy() {
        record("check", ledger.taken("A", "1"), new DropGone("acme"));
        assertThat(row().code()).isEqualTo(Code.DROP_GONE);
    }

    @Test
    void aDropThatCannotBeToldIsNamedWithItsCause() {
        ImportRow row = ledger.taken("A", "1");
        record("settle", row, new ReceiptStage.Unwritable(new IOException("No space left on device")));
        assertThat(board.untold().get("acme").code()).isEqualTo(Code.SRC_RECEIPTS_REFUSED);
        assertThat(untold.resting(NOW)).containsExactly("acme");
        assertThat(untold.resting(NOW.plusSeconds(1))).isEmpty();
        assertThat(untold.resting(NOW.minusSeconds(3600)))
                .as("a clock that was set back")
                .isEmpty();

        record("settle", row, new ReceiptStage.Unwritable(new NoSuchFileException("/srv/acme")));
        assertThat(board.untold().get("acme").code()).isEqualTo(Code.SRC_DIR_MISSING);

        assertThat(untold.told("acme", "A")).isTrue();
        assertThat(board.untold()).isEmpty();
        assertThat(untold.told("acme", "A")).isFalse();
    }

    private void record(String route, ImportRow row, Exception fault) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getExchangeExtension().setFromRouteId(route);
        Piece.put(exchange, row);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);
        new FaultStage(ledger.imports(), null, untold, () -> NOW).record(exchange);
    }

    private ImportRow row() {
        return ledger.imports().get("A");
    }
}
