package io.segmentdrop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.LedgerDatabase.Writable;
import io.segmentdrop.shell.ledger.LedgerTaken;
import io.segmentdrop.testkit.NeedsProgramCondition;
import io.segmentdrop.testkit.NoTestClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The program itself, started so that it must refuse: one paragraph says why. */
class RefusedStartTest {

    private static final String IDS =
            "[api, check, drop-local, drop-sftp, hold, notify, put-off, receipt, rejected-rows, rejects-export,"
                    + " retention, send, settle, unexpected]";

    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void withoutTheRoutesFolder() {
        routes = folder.resolve("none");
        assertThat(refused()).isEqualTo(routesFault("no such folder"));
    }

    @Test
    void withAnEmptyRoutesFolder() throws IOException {
        routes = Files.createDirectory(folder.resolve("empty"));
        assertThat(refused()).isEqualTo(routesFault("no file of that name"));
    }

    @Test
    void withoutOneOfTheRoutes() throws IOException {
        Files.delete(routes.resolve("60-notify.camel.yaml"));
        Files.delete(routes.resolve("10-drop-local.camel.yaml"));
        assertThat(refused()).isEqualTo(routesFault("none with the ids [drop-local, notify]"));
    }

    @Test
    void withErrorsThatHoldForNoRoute() throws IOException {
        Path errors = routes.resolve("90-errors.camel.yaml");
        Files.writeString(errors, Files.readString(errors).replaceFirst("(?m)^    description", "    id: errors\n$0"));
        assertThat(refused()).isEqualTo(routesFault("none with the ids [hold, put-off, unexpected]"));
    }

    private String routesFault(String found) {
        return "segment-drop does not start: expected in " + routes + "/*.camel.yaml what has the ids " + IDS
                + ", found " + found + "; restore the folder, or name another one in segment-drop.routes.";
    }

    @Test
    void withARouteThatHasAnUnknownStep() throws IOException {
        replace("60-notify.camel.yaml", "- filter:", "- fliter:");
        assertThat(refused())
                .startsWith("segment-drop does not start: a file of the routes folder cannot be read: Unknown node id:"
                        + " fliter in file:" + routes + "/60-notify.camel.yaml, line ");
    }

    @Test
    void withARouteThatIsNoYaml() throws IOException {
        Files.writeString(routes.resolve("60-notify.camel.yaml"), "- route: [");
        assertThat(refused())
                .startsWith("segment-drop does not start: a file of the routes folder cannot be read: ")
                .contains(routes + "/60-notify.camel.yaml")
                .doesNotContain("\n", "Exception");
    }

    @Test
    void withARouteThatNamesABeanThatIsNotThere() throws IOException {
        replace("60-notify.camel.yaml", "ref: notifyStage", "ref: nobody");
        assertThat(refused())
                .startsWith("segment-drop does not start: a route cannot be used: Failed to create route: notify at: ")
                .endsWith("No bean could be found in the registry for: nobody.");
    }

    private void replace(String file, String old, String replacement) throws IOException {
        Path route = routes.resolve(file);
        Files.writeString(route, Files.readString(route).replace(old, replacement));
    }

    @Test
    void besideAnother() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (LedgerDatabase other = LedgerDatabase.open(home)) {
            RuntimeException failure = start();
            assertThat(RefusedFailureAnalyzer.refusal(failure)).isInstanceOf(LedgerTaken.class);
            assertThat(description(failure))
                    .isEqualTo("segment-drop does not start: expected the home " + home
                            + " for this process alone, found another segment-drop running on it; stop it or set"
                            + " segment-drop.home.");
            assertThat(other.writable()).isEqualTo(Writable.YES);
        }
    }

    @Test
    void withAHomeThatIsOpenToOthersAndNotOurs() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try {
            Files.setAttribute(home, "unix:uid", 54_321);
        } catch (IOException e) {
            assumeTrue(false, NeedsProgramCondition.REASON + " chown, and the right (root's) to give a folder away");
        }
        assertThat(refused())
                .startsWith("segment-drop does not start: expected the home " + home
                        + " to be of segment-drop's user alone (rwx------), found ")
                .endsWith(" of 54321; make that user its owner, or let segment-drop.home name a folder inside it, which"
                        + " is then made.");
    }

    @Test
    void withALedgerThatIsNone() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("ledger.db"), "not a database at all ".repeat(100));
        assertThat(refused())
                .isEqualTo("segment-drop does not start: expected an intact ledger in " + home.resolve("ledger.db")
                        + ", found a file that is none or is damaged; restore it from a backup.");
    }

    @Test
    void anotherFailureIsNotExplainedAway() {
        assertThat(new RefusedFailureAnalyzer().analyze(new IllegalStateException("x", new IOException("y"))))
                .isNull();
    }

    private String refused() {
        return description(start());
    }

    private static String description(RuntimeException failure) {
        FailureAnalysis analysis = Objects.requireNonNull(new RefusedFailureAnalyzer().analyze(failure));
        assertThat(analysis.getAction())
                .isEqualTo(
                        "Mend this and start again. Nothing was taken or sent; what waits in the drops stays there, and"
                                + " what was taken goes on at the next start.");
        return analysis.getDescription();
    }

    private RuntimeException start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--segment-drop.home=" + folder.resolve("home"),
                "--segment-drop.routes=" + routes,
                "--segment-drop.api.base-url=http://127.0.0.1:9",
                "--segment-drop.api.token=key",
                "--segment-drop.ops.password=secret",
                "--segment-drop.drops.acme.from=file:" + folder.resolve("acme"),
                "--server.port=0",
                "--server.address=127.0.0.1"));
        arguments.addAll(List.of(more));
        return Objects.requireNonNull(catchRuntimeException(() -> new SpringApplicationBuilder(SegmentDrop.class)
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("noTestClasses", new NoTestClasses()))
                .run(arguments.toArray(String[]::new))));
    }
}
