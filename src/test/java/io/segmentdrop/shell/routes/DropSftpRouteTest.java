package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.Mirrored;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.FaultySftp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextConfiguration;

/** {@code 11-drop-sftp}: each exchange is a pair of the server, those of one poll are one lot, and each poll clears and carries. */
@NullUnmarked
@ContextConfiguration(loader = DropSftpRouteTest.WithServer.class)
class DropSftpRouteTest extends RouteTest {

    private static FaultySftp server;

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A drop that lies on a server. */
    static final class WithServer extends Loader {

        @Override
        Rig.Setup setup(Path folder, StandInApi api) {
            Rig.Setup setup = Rig.Setup.of(folder, api);
            return setup.drops(
                    new TreeMap<>(Map.of("acme", setup.home().resolve("spool").resolve("acme"))), Map.of());
        }

        @Override
        Map<String, Object> more(Rig.Setup setup, Path folder) {
            server = FaultySftp.start(folder.resolve("server"));
            String drop = "segment-drop.drops.acme.";
            try {
                Files.createDirectories(server.root().resolve("out"));
                return Map.of(
                        drop + "from",
                        "sftp://" + FaultySftp.USER + "@127.0.0.1:" + server.port() + "/out",
                        drop + "scan-every",
                        "1d",
                        drop + "sftp.connections",
                        1,
                        drop + "sftp.known-hosts-file",
                        server.pin(folder.resolve("known_hosts")).toString(),
                        drop + "sftp.password-file",
                        Files.writeString(folder.resolve("password"), FaultySftp.PASSWORD)
                                .toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The route of a template is there when Camel has started. */
    private void adviseTheSteps() throws Exception {
        camel.getRouteController().startRoute("mirror-acme");
        advise("mirror-acme", route -> {
            route.weaveById("mirror").before().to("mock:lot");
            route.weaveById("clear").before().to("mock:end");
        });
    }

    private String drop(String name) {
        String csv = Dropper.csv(name, 2);
        new Dropper(server.root().resolve("out")).pair(name, csv, Dropper.proving(1, csv));
        return name;
    }

    private void poll() {
        ((ScheduledPollConsumer) rig.consumer("mirror-acme")).run();
        rig.clock().advance(Duration.ofSeconds(1));
    }

    private List<String> lot(int index) {
        List<?> rows = body(mock("lot").getReceivedExchanges().get(index), List.class);
        return rows.stream().map(row -> ((Mirrored.Row) row).name()).toList();
    }

    @Test
    void thePairsOfOnePollAreOneLotAndEachPollEndsWithClearAndCarry() throws Exception {
        adviseTheSteps();
        poll();
        assertThat(mock("lot").getReceivedExchanges()).as("an empty folder").isEmpty();
        assertThat(mock("end").getReceivedExchanges()).hasSize(1);

        String one = drop("a.csv");
        String other = drop("b.csv");
        poll();
        assertThat(mock("lot").getReceivedExchanges()).hasSize(1);
        assertThat(lot(0)).containsExactlyInAnyOrder(one, other);
        assertThat(mock("end").getReceivedExchanges())
                .as("once a poll, however many pairs")
                .hasSize(2);

        rig.run();
        poll();
        Dropper out = new Dropper(server.root().resolve("out"));
        assertThat(out.isGone(one)).isTrue();
        assertThat(out.isGone(other)).isTrue();

        failNext("lot", new IllegalStateException("a fault of the test"));
        String third = drop("c.csv");
        poll();
        assertThat(rig.setup().drops().get("acme").resolve(third))
                .as("what met a fault is left")
                .doesNotExist();
        poll();
        assertThat(rig.setup().drops().get("acme").resolve(third)).exists();
    }
}
