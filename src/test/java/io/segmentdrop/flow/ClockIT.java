package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.MovedClock;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, while somebody sets its clock. */
@NeedsProgram(MovedClock.CC)
class ClockIT {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private StandInApi api;
    private MovedClock clock;

    @BeforeEach
    void start() {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        clock = new MovedClock(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Server.Setup setup() {
        return clock.of(Server.Setup.of(folder, api.uri()))
                .drop("acme", "[{id: 1}, {id: 2}]")
                .with("segment-drop.send.backoff.first", "1s");
    }

    @Test
    void an_hour_back_while_the_gate_is_closed_holds_nothing_up() {
        Dropper acme = new Dropper(folder.resolve("drops/acme"));
        ReceiptReader receipts = new ReceiptReader(acme.drop());
        try (Server server = Server.start(setup())) {
            api.refuse();
            acme.pair("running.csv", Dropper.csv("running", 1), Dropper.sidecar(1));
            awaitClosedGate(server);
            clock.set(HOUR.negated());
            await().until(() -> server.log().contains("The clock was set back by PT1H"));
            api.accept();
            receipts.in("running.csv", "delivered");

            api.refuse();
            acme.pair("stopped.csv", Dropper.csv("stopped", 1), Dropper.sidecar(2));
            awaitClosedGate(server);
            server.kill();
            clock.set(HOUR.negated());
            api.accept();
            server.restart();
            receipts.in("stopped.csv", "delivered");

            assertThat(api.account().applied()).hasSize(2);
            assertThat(server.log().lines().filter(line -> line.contains("The clock was set back")))
                    .hasSize(2);
            assertThat(LedgerBook.of(server.home()).events())
                    .filteredOn(event -> event.startsWith("clock set back: "))
                    .hasSize(2);
        }
    }

    private static void awaitClosedGate(Server server) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> server.json("/api/drops")
                        .path("gates")
                        .path(0)
                        .path("name")
                        .asText()
                        .equals("api"));
    }
}
