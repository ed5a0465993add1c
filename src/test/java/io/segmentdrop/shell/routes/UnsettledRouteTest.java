package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Routes that somebody edited and from which a step is missing: what they leave unsettled is put off, and the log names them. */
class UnsettledRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("check", route -> {
            route.weaveById("look").replace().to("mock:look");
            route.weaveById("decide").before().to("mock:decide");
        });
        advise("send", route -> {
            route.weaveById("call").replace().to("mock:api");
            route.weaveById("outcome").remove();
        });
        advise("settle", route -> route.weaveById("told").remove());
    }

    @Test
    void theLastStepOfARouteIsMissing() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.segmentdrop.shell.routes");
        log.start();
        logger.addAppender(log);
        try {
            answers("api", 201, "{\"error\": false}");
            String name = planned(11, "");
            assertThat(rig.sendOne()).isTrue();

            assertThat(state(name)).isEqualTo(ImportState.READY);
            assertThat(rig.imports().chunks(row(name).id()).getFirst().state()).isEqualTo(ChunkState.IN_DOUBT);
            assertThat(rig.sendOne()).as("put off").isFalse();

            trial.setup().clock().advance(Duration.ofMinutes(1));
            assertThat(rig.step("settle")).isTrue();
            assertThat(rig.step("settle")).as("put off").isFalse();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("the route send ended without recording what became of it"))
                .anyMatch(line -> line.contains("the route settle ended without recording what became of it"));
    }
}
