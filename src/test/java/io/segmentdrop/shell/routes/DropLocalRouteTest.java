package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.Dropper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code 10-drop-local}: each exchange is a complete pair, and those of one poll are one lot. */
class DropLocalRouteTest extends RouteTest {

    /** The route of a template is there when Camel has started. */
    private void adviseTheTake() throws Exception {
        camel.getRouteController().startRoute("drop-acme");
        advise("drop-acme", route -> route.weaveById("take").before().to("mock:lot"));
    }

    private List<String> lot(int index) {
        List<?> pairs = body(mock("lot").getReceivedExchanges().get(index), List.class);
        return pairs.stream()
                .map(pair -> ((Complete) pair).ready().what().name())
                .toList();
    }

    @Test
    void thePairsOfOnePollAreOneLotInTheOrderOfTheirComing() throws Exception {
        adviseTheTake();
        rig.scan();
        assertThat(mock("lot").getReceivedExchanges())
                .as("a folder without a pair")
                .isEmpty();

        String one = pair(1, "");
        String other = pair(2, "");
        new Dropper(drop()).whole("lone.csv", "email\n");
        rig.scan();
        String third = pair(1, "");
        rig.scan();

        assertThat(mock("lot").getReceivedExchanges()).hasSize(2);
        assertThat(lot(0)).containsExactly(one, other);
        assertThat(lot(1)).containsExactly(third);
        assertThat(rig.rows()).extracting(row -> row.fileName()).containsExactly(one, other, third);
        assertThat(new Dropper(drop()).isGone(one)).isTrue();
        assertThat(new Dropper(drop()).isGone("lone.csv")).isFalse();

        mock("lot").reset();
        failNext("lot", new IllegalStateException("a fault of the test"));
        String fourth = pair(1, "");
        rig.scan();
        assertThat(new Dropper(drop()).isGone(fourth))
                .as("what met a fault stays")
                .isFalse();
        rig.scan();
        assertThat(new Dropper(drop()).isGone(fourth)).isTrue();
    }
}
