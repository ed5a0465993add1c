package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations hear of what needs a look, and of nothing else. */
class NotifyStageTest {

    @TempDir
    Path home;

    @Test
    void tellsOfWhatNeedsALook() {
        try (TestLedger ledger = new TestLedger(home)) {
            for (ImportState state : ImportState.values()) {
                boolean told = state == ImportState.HELD
                        || state == ImportState.REJECTED
                        || state == ImportState.UNDELIVERABLE;
                String news = news(ledger.inState(state.name(), state));
                assertThat(news != null).as(state.name()).isEqualTo(told);
            }
        }
    }

    @Test
    void tellsWhatAndWhyInOneLine() {
        try (TestLedger ledger = new TestLedger(home)) {
            ledger.ready("A", "1", 1);
            ledger.imports().change("A", ImportState.HELD, Code.SEG_NOT_FOUND, "no\nsegment 7", Imports.SELF, NOW);
            assertThat(news(ledger.imports().get("A")))
                    .isEqualTo("A of drop acme is held: SEG_NOT_FOUND: no?segment 7");
        }
    }

    private static @Nullable String news(ImportRow row) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Piece.put(exchange, row);
        return new NotifyStage().news(exchange);
    }
}
