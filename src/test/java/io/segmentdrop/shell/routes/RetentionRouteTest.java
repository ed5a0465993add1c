package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.files.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code 80-retention}: once an hour, what is old goes; a look that fails is followed by another. */
class RetentionRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("retention", route -> route.weaveById("remove-files").before().to("mock:look"));
    }

    @Test
    void whatIsOldEnoughGoesAndALookThatFailsIsFollowedByAnother() {
        String name = planned(1, "");
        assertThat(rig.sendOne()).isTrue();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
        trial.setup().clock().advance(Duration.ofMinutes(1));
        rig.settle();
        Path archived = SettleStage.place(program.getBean(Home.class), row(name));
        assertThat(archived).isDirectory();
        rig.step("retention");
        assertThat(archived).isDirectory();

        failNext("look", new IOException("the disk"));
        for (int hours = 0; hours < 24 * 40; hours++) {
            trial.setup().clock().advance(Duration.ofHours(1));
            rig.step("retention");
        }
        assertThat(archived).doesNotExist();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }
}
