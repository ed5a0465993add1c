package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.Imports;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code 60-notify}: operations hear of each cause once, and again later if they could not be told. */
class NotifyRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("notify", route -> {
            route.weaveById("news").after().to("mock:news");
            route.weaveById("line").replace().to("mock:line");
        });
    }

    @BeforeEach
    void hearOfWhatWasBefore() {
        tell();
        MockEndpoint.resetMocks(camel);
    }

    private void tell() {
        for (int notices = 0; rig.step("notify") && notices < 100; notices++) {
            // until nothing is left
        }
    }

    private List<String> events(String mock) {
        return mock(mock).getReceivedExchanges().stream()
                .map(exchange -> String.valueOf(body(exchange, Map.class).get("event")))
                .toList();
    }

    private void hold(String name, Code code) {
        rig.imports()
                .change(
                        row(name).id(),
                        ImportState.HELD,
                        code,
                        "no segment",
                        Imports.SELF,
                        trial.setup().clock().instant());
    }

    @Test
    void whatHasALineOfItsOwnInTheLogGetsNoOther() {
        String name = planned(1, "");
        hold(name, Code.CLEAR_SHRINK_GUARD);
        tell();
        assertThat(events("news")).containsExactly("import held");
        assertThat(events("line")).isEmpty();
    }

    @Test
    void whatHasNoneIsALineOfTheLog() {
        rig.board().closed("acme", Code.SRC_DIR_MISSING, "no folder");
        for (int minutes = 0; minutes < 5; minutes++) {
            tell();
            trial.setup().clock().advance(Duration.ofMinutes(1));
        }
        assertThat(events("line")).isEmpty();
        rig.board().scanned("acme", trial.setup().clock().instant(), List.of(), 0);
        tell();
        assertThat(events("news")).containsExactly("drop closed", "drop opened");
        assertThat(events("line")).containsExactly("drop opened");
    }

    @Test
    void aNoticeWhoseStepFailsIsToldAgainAfterAPause() {
        String name = planned(2, "");
        hold(name, Code.SEG_NOT_FOUND);
        failNext("news", new IOException("a webhook that does not answer"));
        tell();
        mock("news").reset();
        tell();
        assertThat(events("news")).doesNotContain("import held");

        trial.setup().clock().advance(Duration.ofMinutes(1));
        tell();
        assertThat(events("news")).containsOnlyOnce("import held");
    }
}
