package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code 40-settle}: what has ended well goes to the archive, what has not to the dead letters, and what is under way is told. */
class SettleRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("check", route -> route.weaveById("look").replace().to("mock:look"));
        advise("settle", route -> {
            route.weaveById("tell-partner").replace().to("mock:receipt");
            route.weaveById("ended").before().to("mock:ended");
        });
    }

    private String ended(ImportState state, Code code) {
        String name = planned(11, "");
        rig.imports()
                .change(
                        row(name).id(),
                        state,
                        code,
                        "so",
                        Imports.SELF,
                        trial.setup().clock().instant());
        settle();
        return name;
    }

    private void settle() {
        trial.setup().clock().advance(Duration.ofMinutes(1));
        rig.settle();
    }

    private Path place(String name) {
        return SettleStage.place(program.getBean(Home.class), row(name));
    }

    @Test
    void whatEndedWellIsArchived() {
        String name = ended(ImportState.DELIVERED, Code.DUPLICATE_CONTENT);
        assertThat(place(name)).isDirectory().hasFileName(row(name).id());
        assertThat(place(name).resolve("manifest.json")).exists();
        assertThat(place(name).toString()).contains("/archive/acme/");
        assertThat(row(name).settled()).isTrue();
        assertThat(row(name).told()).isEqualTo(row(name).revision());
        assertThat(mock("receipt").getReceivedCounter()).isPositive();
    }

    @Test
    void whatCouldNotBeDeliveredIsADeadLetterWithItsReason() {
        String name = ended(ImportState.UNDELIVERABLE, Code.API_REFUSED);
        assertThat(place(name).toString()).contains("/dead-letter/acme/");
        assertThat(read(place(name).resolve("reason.json"))).contains("API_REFUSED");
        assertThat(row(name).settled()).isTrue();
    }

    @Test
    void whatIsUnderWayIsOnlyTold() {
        String name = planned(11, "");
        settle();
        assertThat(row(name).settled()).isFalse();
        assertThat(row(name).told()).isEqualTo(row(name).revision());
        assertThat(Files.isDirectory(place(name))).isTrue();
    }

    /** The files stay where they were put, and the receipt is tried again. */
    @Test
    void aReceiptThatCannotBeWrittenIsOwed() {
        failNext("receipt", new ReceiptStage.Unwritable(new IOException("No space left on device")));
        String name = planned(11, "");
        rig.imports()
                .change(
                        row(name).id(),
                        ImportState.UNDELIVERABLE,
                        Code.API_REFUSED,
                        "so",
                        Imports.SELF,
                        trial.setup().clock().instant());
        rig.step("settle");
        assertThat(row(name).settled()).isTrue();
        assertThat(row(name).told()).isLessThan(row(name).revision());
        assertThat(rig.board().untold()).containsKey("acme");

        mock("receipt").reset();
        settle();
        assertThat(row(name).told()).isEqualTo(row(name).revision());
        assertThat(rig.board().untold()).isEmpty();
    }
}
