package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar beside others that stand still: whoever reads its output, and whoever holds the lock of its ledger. */
class StandstillIT {

    private static final int PAIRS = 60;

    @TempDir
    private Path folder;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    @AfterEach
    void stop() {
        api.close();
    }

    private Server.Setup setup() {
        return Server.Setup.of(folder, api.uri()).drop("acme", "[{id: 1}, {id: 2}]");
    }

    private static void pair(Server server, String name) {
        String csv = Dropper.csv(name, 2);
        new Dropper(server.drop("acme")).pair(name, csv, Dropper.proving(1, csv));
    }

    private static String end(Server server, String name) {
        return new ReceiptReader(server.drop("acme")).end(name).path("state").asText();
    }

    /** A log driver that hangs, as a pipe that nobody reads. The queue is full before the first pair comes. */
    @Test
    @NeedsProgram({"/usr/bin/mkfifo", "/bin/sh"})
    void nobody_waits_for_the_reader_of_the_log() throws Exception {
        Path pipe = folder.resolve("output");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Server.Setup setup = setup().with("logging.structured.format.console", "ecs")
                .with("logging.level.root", "DEBUG")
                .with("logging.level.org.springframework.jdbc", "TRACE")
                .by("/bin/sh", "-c", "exec \"$@\" > '" + pipe + "'", "sh");
        // open for both, so that it opens at once, and stays open
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw");
                Server server = Server.start(setup)) {
            for (int i = 0; i < PAIRS; i++) {
                pair(server, i + ".csv");
            }
            for (int i = 0; i < PAIRS; i++) {
                assertThat(end(server, i + ".csv")).isEqualTo("delivered");
            }
            assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            await().until(() -> server.get("/actuator/prometheus")
                    .body()
                    .lines()
                    .anyMatch(line -> line.matches("segment_drop_log_lines_dropped_total [1-9].*")));

            CountDownLatch told = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> readUntil(reader, "lines of the log are missing here", told));
            assertThat(told.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static void readUntil(RandomAccessFile reader, String wanted, CountDownLatch found) {
        byte[] some = new byte[1 << 16];
        StringBuilder read = new StringBuilder();
        try {
            while (read.indexOf(wanted) < 0) {
                read.delete(0, Math.max(0, read.length() - wanted.length()));
                read.append(new String(some, 0, reader.read(some), StandardCharsets.ISO_8859_1));
            }
            found.countDown();
        } catch (IOException e) {
            // the test has ended
        }
    }

    /** Somebody's shell, or a backup tool, in the middle of a transaction. */
    @Test
    void a_locked_ledger_is_told_and_everything_goes_on_after_it() throws IOException, SQLException {
        try (Server server = Server.start(setup())) {
            pair(server, "before.csv");
            assertThat(end(server, "before.csv")).isEqualTo("delivered");
            try (Connection shell = DriverManager.getConnection(
                            "jdbc:sqlite:" + server.home().resolve("ledger.db"));
                    Statement statement = shell.createStatement()) {
                statement.execute("begin immediate");
                pair(server, "meanwhile.csv");

                await().atMost(Duration.ofSeconds(20))
                        .until(() -> server.get("/actuator/health/readiness").statusCode() == 503);
                assertThat(server.get("/actuator/health").body()).contains("ledger locked: ");
                assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
                assertThat(server.get("/").statusCode()).isEqualTo(200);
                assertThat(server.json("/api/imports").toString()).contains("before.csv");
                statement.execute("rollback");
            }
            assertThat(end(server, "meanwhile.csv")).isEqualTo("delivered");
            assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(server.log()).doesNotContain(" ERROR ", "\tat ");
        }
    }
}
