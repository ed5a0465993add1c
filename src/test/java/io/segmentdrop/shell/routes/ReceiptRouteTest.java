package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.testkit.Dropper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code 50-receipt}: the rejects come before the receipt that names them. */
class ReceiptRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("check", route -> route.weaveById("look").replace().to("mock:look"));
        advise("receipt", route -> route.weaveById("compose").before().to("mock:compose"));
    }

    private Path rejects(String name) {
        return drop().resolve("receipts").resolve(name + ".rejects.csv");
    }

    /** One row of many is refused, the rest is delivered. */
    private String delivered() {
        String name = fresh();
        pair(name, Dropper.csv(name, 300) + "no address\n", 1, "");
        rig.scan();
        rig.check();
        while (state(name) == ImportState.READY && rig.sendOne()) {
            // what earlier tests left goes first
        }
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
        return name;
    }

    private void tell() {
        trial.setup().clock().advance(Duration.ofMinutes(1));
        rig.settle();
    }

    @Test
    void whatIsUnderWayHasAReceiptThatIsNotFinal() {
        String name = planned(11, "");
        tell();
        JsonNode receipt = receipt(name);
        assertThat(receipt.path("state").asText()).isEqualTo("waiting");
        assertThat(receipt.path("final").asBoolean()).isFalse();
        assertThat(rejects(name)).doesNotExist();
    }

    @Test
    void theRejectsAreThereBeforeTheReceiptAndAFaultInBetweenIsTriedAgain() {
        String name = delivered();
        mock("compose").whenAnyExchangeReceived(exchange -> {
            throw new IOException("the disk");
        });
        tell();
        assertThat(rejects(name)).exists();
        assertThat(drop().resolve("receipts").resolve(name + ".receipt.json")).doesNotExist();

        mock("compose").reset();
        tell();
        assertThat(receipt(name).path("final").asBoolean()).isTrue();
        assertThat(receipt(name).path("state").asText()).isEqualTo("delivered");
    }
}
