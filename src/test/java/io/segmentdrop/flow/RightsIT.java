package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar as one user and the partner as another: what becomes of files that the partner lets nobody read. */
@NeedsProgram("/usr/bin/setpriv")
class RightsIT {

    private static final String USER = "nobody";

    @TempDir
    private Path folder;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private Path drop;
    private Dropper partner;
    private ReceiptReader receipts;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs the right to be another user");
        drop = Files.createDirectories(folder.resolve("drops").resolve("acme"));
        partner = new Dropper(drop);
        receipts = new ReceiptReader(drop);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** As the user, in a folder of its own; the drop is the partner's, and open to it. */
    private Server.Setup setup() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Server.Setup setup = Server.Setup.of(folder, api.uri())
                .with("segment-drop.routes", "'" + routes + "'")
                .with("segment-drop.receipts.mode", "'0644'")
                .drop("acme", "[{id: 1}, {id: 2}]")
                .drop("acme", "tell-after", "100ms")
                .by("/usr/bin/setpriv", "--reuid=" + USER, "--regid=nogroup", "--clear-groups", "--");
        UserPrincipal user =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER);
        Files.setOwner(folder, user);
        mode(folder, "rwxr-xr-x");
        mode(drop, "rwxrwxrwx");
        return setup;
    }

    private static void mode(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private void drop(String name, long segment, String rights) throws IOException {
        String csv = Dropper.csv(name, 2);
        Path csvHere = folder.resolve(name);
        Path sidecarHere = folder.resolve(name + ".json");
        Files.writeString(csvHere, csv);
        Files.writeString(sidecarHere, Dropper.proving(segment, csv));
        mode(csvHere, rights);
        mode(sidecarHere, "rw-r--r--");
        Files.move(csvHere, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Files.move(sidecarHere, drop.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void what_may_not_be_read_waits_is_shown_and_told_and_goes_on_with_the_right() throws IOException {
        try (Server server = Server.start(setup())) {
            drop("secret.csv", 1, "rw-------");
            drop("open.csv", 1, "rw-r--r--");

            JsonNode early = receipts.when(
                    "secret.csv",
                    receipt -> receipt.path("cause").path("code").asText().equals("SRC_PERMISSION"));
            assertThat(early.path("final").asBoolean()).isFalse();
            assertThat(early.path("cause").toString()).contains("expected the right to read secret.csv");
            assertThat(receipts.end("open.csv").path("state").asText()).isEqualTo("delivered");
            JsonNode shown = server.json("/api/drops");
            assertThat(shown.findValuesAsText("code")).contains("SRC_PERMISSION");
            assertThat(shown.toString()).contains("secret.csv");
            assertThat(partner.isGone("secret.csv")).isFalse();

            mode(drop.resolve("secret.csv"), "rw-r--r--");

            assertThat(receipts.end("secret.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(server.log()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    /** The right is taken away when the files are in custody and were not checked yet. */
    @Test
    void what_may_not_be_read_in_custody_is_held_and_goes_on_when_it_is_released_with_the_right() throws IOException {
        try (Server server =
                Server.launch(setup().jvm("-D" + CrashPoint.PROPERTY + "=" + CrashPoint.CHECK_BEGUN.word()))) {
            drop("secret.csv", 1, "rw-r--r--");
            assertThat(server.exit()).isEqualTo(CrashPoint.EXIT);
            Path source = source(server.home());
            mode(source, "rw-------");

            server.restart();
            drop("open.csv", 2, "rw-r--r--");

            JsonNode held = receipts.in("secret.csv", "held");
            assertThat(held.path("cause").path("code").asText()).isEqualTo("SRC_PERMISSION");
            assertThat(held.path("cause").toString()).contains("give segment-drop's account the right");
            assertThat(receipts.end("open.csv").path("state").asText()).isEqualTo("delivered");

            mode(source, "rw-r--r--");
            String id = held.path("import").asText();
            assertThat(server.post("/api/imports/" + id + "/release", "{}").statusCode())
                    .isBetween(200, 299);

            assertThat(receipts.end("secret.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(server.log()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    private static Path source(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("work"))) {
            List<Path> found = all.filter(path -> path.endsWith("source.csv")).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
