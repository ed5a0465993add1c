package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.shell.routes.Untold;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Drops whose folders are exchanged, unmounted, renamed, full or closed to us: nothing is lost, and partners are told. */
@NullUnmarked
class FoldersTest {

    private static final Duration WHILE = Duration.ofMinutes(2);
    private static final Pair A = Pair.adds("a.csv", 1, "a@example.com");
    private static final Pair B = Pair.adds("b.csv", 2, "b@example.com");

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    private Rig.Setup setup;

    @BeforeEach
    void set() {
        setup = Rig.Setup.of(temporary, api);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anotherFolderIsNeitherReadNorWrittenUntilTheOldOneIsBack() throws IOException {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
            exchange();
            B.into(acme(), rig.clock().instant());

            rig.drain(WHILE);

            assertThat(rig.row("a.csv").state())
                    .as("what was taken is delivered")
                    .isEqualTo(ImportState.DELIVERED);
            assertThat(acme().toFile().list()).containsExactlyInAnyOrder("b.csv", "b.csv.json");
            assertClosed(rig, Code.SRC_DIR_REPLACED);
            assertThat(sight(rig).reason()).startsWith("expected the folder " + acme() + " as it was (file system ");
            assertThat(rig.board().notes("acme"))
                    .containsExactly(new DropBoard.Note(
                            Code.SRC_DIR_REPLACED,
                            "expected the folder " + acme() + " as it was, found another in its place"));

            restore();
            rig.drain(WHILE);

            assertThat(sight(rig).closed()).isNull();
            assertThat(rig.board().notes("acme")).isEmpty();
            assertThat(receipt("a.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A), api))
                    .isEmpty();
        }
    }

    @Test
    void aRestartKnowsTheFolderToo() throws IOException {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
        }
        exchange();
        B.into(acme(), setup().clock().instant());
        try (Rig rig = Rig.start(setup())) {
            rig.drain(WHILE);
            assertClosed(rig, Code.SRC_DIR_REPLACED);
            assertThat(acme().toFile().list()).containsExactlyInAnyOrder("b.csv", "b.csv.json");
            restore();
            rig.drain(WHILE);
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A), api))
                    .isEmpty();
        }
    }

    @Test
    void aTakeThatWasBegunIsNotGivenUpInAnotherFolder() throws IOException {
        Disk refusing = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (to.endsWith(Home.SIDECAR)) {
                    throw new IOException("no space left");
                }
                super.rename(from, to);
            }
        };
        try (Rig rig = Rig.start(setup().disk(refusing))) {
            A.into(acme(), rig.clock().instant());
            rig.scan();
            assertThat(rig.imports().takes().unfinished("acme")).hasSize(1);
        }
        exchange();
        try (Rig rig = Rig.start(setup())) {
            rig.drain(WHILE);
            assertThat(rig.imports().takes().unfinished("acme")).hasSize(1);
            restore();
            rig.drain(WHILE);
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A), api))
                    .isEmpty();
        }
    }

    @Test
    void aPersonAcceptsAnotherFolderForGood() throws IOException {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
            exchange();
            B.into(acme(), rig.clock().instant());
            rig.drain(WHILE);
            assertClosed(rig, Code.SRC_DIR_REPLACED);

            rig.folders().accept("acme", "ann");
            rig.drain(WHILE);

            assertThat(sight(rig).closed()).isNull();
            assertThat(receipt("a.csv").path("state").asText()).as("owed").isEqualTo("delivered");
            assertThat(receipt("b.csv").path("state").asText()).isEqualTo("delivered");
        }
        try (Rig rig = Rig.start(setup())) {
            rig.scan();
            assertThat(sight(rig).closed()).isNull();
        }
    }

    @Test
    void aFolderThatWasMovedByTheConfigurationIsAPersonsWord() throws IOException {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
        }
        Path elsewhere = temporary.resolve("elsewhere");
        Rig.Setup moved = setup().drops(Map.of("acme", elsewhere), Map.of());
        try (Rig rig = Rig.start(moved)) {
            rig.drain(WHILE);
            assertThat(sight(rig).closed()).isNull();
            assertThat(new ReceiptReader(elsewhere).now("a.csv")).isPresent();
        }
    }

    @Test
    void aFileSystemThatIsMountedOverTheFolderIsAnother() {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
            try (SmallDisk other = SmallDisk.mount(acme(), 512)) {
                other.free();
                rig.drain(WHILE);
                assertClosed(rig, Code.SRC_DIR_REPLACED);
                assertThat(acme()).isEmptyDirectory();
            }
            rig.drain(WHILE);
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A), api))
                    .isEmpty();
        }
    }

    @Test
    void aDropThatIsFullIsToldOnceAndItsNeighbourGoesOn() {
        Path full = temporary.resolve("full");
        Rig.Setup two = setup().drops(Map.of("acme", acme(), "full", full), Map.of());
        ListAppender<ILoggingEvent> lines = lines();
        try (SmallDisk small = SmallDisk.mount(full, 256);
                Rig rig = Rig.start(two)) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pairs.add(Pair.adds("x" + i + ".csv", 10L + i, "x" + i + "@example.com"));
            }
            Pair.drop(full, pairs);
            rig.scan();
            small.fill(0);
            rig.drain(WHILE);
            assertThat(rig.rows()).extracting(row -> row.state()).containsOnly(ImportState.DELIVERED);
            assertThat(rig.rows()).allMatch(row -> row.settled() && row.told() < row.revision());
            assertThat(rig.board().notes("full")).singleElement().satisfies(note -> {
                assertThat(note.code()).isEqualTo(Code.SRC_RECEIPTS_REFUSED);
                assertThat(note.reason())
                        .isEqualTo("expected to write receipts in the drop, found No space left on device");
            });

            A.into(acme(), rig.clock().instant());
            rig.drain(Duration.ofSeconds(10));
            assertThat(receipt("a.csv").path("state").asText()).isEqualTo("delivered");

            small.free();
            rig.drain(WHILE);
            assertThat(rig.board().notes("full")).isEmpty();
            assertThat(rig.rows()).allMatch(row -> row.told() >= row.revision());
        }
        assertThat(lines.list.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(line -> line.startsWith("Drop full:")))
                .containsExactly(
                        "Drop full: its partner cannot be told: expected to write receipts in the drop, found No space"
                                + " left on device; receipts are kept and tried again.",
                        "Drop full: its partner is told again.");
    }

    @Test
    void aDropWithAnotherNameIsKnownByItsFolder() throws IOException {
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
            rig.gates()
                    .close(
                            "drop:acme",
                            Code.DROP_PAUSED,
                            "paused",
                            "ann",
                            rig.clock().instant());
        }
        try (Rig rig = Rig.start(setup().drops(Map.of("beta", acme()), Map.of()))) {
            rig.drain(WHILE);
            assertThat(rig.row("a.csv").dropName()).isEqualTo("beta");
            assertThat(rig.row("a.csv").state()).as("the pause goes with it").isEqualTo(ImportState.READY);

            rig.gates().open("drop:beta", "ann", rig.clock().instant());
            rig.drain(WHILE);
            assertThat(receipt("a.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(receipt("a.csv").path("drop").asText()).isEqualTo("beta");
            assertThat(rig.board().untold()).isEmpty();
        }
    }

    @Test
    void aTakeThatWasBegunGoesOnUnderTheNewName() throws IOException {
        Disk refusing = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (to.endsWith(Home.SIDECAR)) {
                    throw new IOException("no space left");
                }
                super.rename(from, to);
            }
        };
        try (Rig rig = Rig.start(setup().disk(refusing))) {
            A.into(acme(), rig.clock().instant());
            rig.scan();
        }
        try (Rig rig = Rig.start(setup().drops(Map.of("beta", acme()), Map.of()))) {
            rig.drain(WHILE);
            assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
        }
    }

    @Test
    void aDropWithAnotherNameAndFolderSaysWhatItWas() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        Pair numbered = A.saying("\"requestId\": \"R-1\"");
        try (Rig rig = Rig.start(setup())) {
            numbered.into(acme(), rig.clock().instant());
            rig.drain(WHILE);
            Pair.broken("owed.csv", 3, "c@example.com").into(acme(), rig.clock().instant());
            rig.scan();
            rig.clock().advance(Duration.ofSeconds(3));
            rig.scan();
            rig.check();
        }
        assertThat(new ReceiptReader(acme()).now("owed.csv")).isEmpty();
        Rig.Setup renamed = setup().drops(Map.of("beta", elsewhere), Map.of("beta", List.of("acme")));
        try (Rig rig = Rig.start(renamed)) {
            numbered.into(elsewhere, rig.clock().instant());
            rig.drain(WHILE);
            assertThat(new ReceiptReader(elsewhere)
                            .now("owed.csv")
                            .orElseThrow()
                            .path("state")
                            .asText())
                    .as("what had ended, too")
                    .isEqualTo("rejected");
            assertThat(new ReceiptReader(elsewhere)
                            .now("a.csv")
                            .orElseThrow()
                            .path("state")
                            .asText())
                    .as("its sender's ids are known")
                    .isEqualTo("duplicate");
        }
        // said once, it is known for good
        try (Rig rig = Rig.start(setup().drops(Map.of("gamma", elsewhere), Map.of()))) {
            numbered.into(elsewhere, rig.clock().instant());
            rig.drain(WHILE);
            assertThat(rig.rows()).extracting(row -> row.state()).containsOnlyOnce(ImportState.DELIVERED);
        }
    }

    @Test
    void aDropThatIsGoneIsNoPolicyAndItsPartnerIsOwedTheReceipt() throws IOException {
        Pair behind = Pair.adds("behind.csv", 1, "behind@example.com");
        try (Rig rig = Rig.start(setup())) {
            inCustody(rig);
            behind.into(acme(), rig.clock().instant());
            rig.scan();
        }
        Rig.Setup without = setup().drops(Map.of("other", temporary.resolve("other")), Map.of());
        try (Rig rig = Rig.start(without)) {
            rig.drain(WHILE);
            assertThat(rig.rows())
                    .extracting(row -> row.state(), row -> row.code(), row -> row.reason())
                    .containsOnly(tuple(
                            ImportState.HELD,
                            Code.DROP_GONE,
                            "expected the drop acme in the configuration, found none; configure it again, or name it"
                                    + " with was in the drop that it is now; then release, or discard"));
            assertThat(rig.rows()).allMatch(row -> row.told() < row.revision());
            assertThat(rig.board().untold())
                    .hasEntrySatisfying("acme", note -> assertThat(note.code()).isEqualTo(Code.DROP_GONE));
        }
        try (Rig rig = Rig.start(setup())) {
            rig.drain(WHILE);
            assertThat(receipt("a.csv").path("state").asText()).isEqualTo("held");
            Decisions decisions = new Decisions(rig.ledger(), rig.imports(), new Events(rig.ledger()));
            rig.rows()
                    .forEach(row -> decisions.release(
                            row.id(), Decisions.As.SEND, "ann", rig.clock().instant()));
            rig.drain(WHILE);
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A, behind), api))
                    .isEmpty();
        }
    }

    @Test
    void aPairThatWeMayNotReadWaitsAndItsPartnerIsTold() throws IOException {
        Barred disk = new Barred();
        disk.barred = "a.csv";
        try (Rig rig = Rig.start(setup().disk(disk))) {
            Pair.drop(acme(), List.of(A, B));
            rig.drain(Duration.ofMinutes(4));

            assertThat(rig.rows()).extracting(row -> row.fileName()).containsExactly("b.csv");
            assertThat(sight(rig).closed()).isNull();
            assertThat(sight(rig).waiting()).singleElement().satisfies(waiting -> {
                assertThat(waiting.why()).isEqualTo(Code.SRC_PERMISSION);
                assertThat(waiting.reason()).startsWith("expected the right to read a.csv, found rw-r--r-- of ");
            });
            assertThat(rig.board().notes("acme")).singleElement().satisfies(note -> {
                assertThat(note.code()).isEqualTo(Code.SRC_PERMISSION);
                assertThat(note.reason()).endsWith(" (1 waits so)");
            });
            assertThat(new ReceiptReader(acme()).now("a.csv")).isEmpty();

            rig.drain(Duration.ofMinutes(2));
            JsonNode early = receipt("a.csv");
            assertThat(early.path("state").asText()).isEqualTo("waiting");
            assertThat(early.path("final").asBoolean(true)).isFalse();
            assertThat(early.path("cause").path("code").asText()).isEqualTo("SRC_PERMISSION");
            assertThat(early.path("cause").path("message").asText())
                    .isEqualTo(sight(rig).waiting().getFirst().reason());

            disk.barred = "";
            rig.drain(WHILE);
            assertThat(receipt("a.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(rig.board().notes("acme")).isEmpty();
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A, B), api))
                    .isEmpty();
        }
    }

    @Test
    void aFolderThatWeMayNotChangeClosesTheDropAndShowsWhatWaits() throws IOException {
        Barred disk = new Barred();
        disk.isFolderBarred = true;
        try (Rig rig = Rig.start(setup().disk(disk))) {
            A.into(acme(), rig.clock().instant());
            rig.drain(WHILE);
            assertThat(rig.rows()).isEmpty();
            assertClosed(rig, Code.SRC_PERMISSION);
            assertThat(sight(rig).reason()).startsWith("expected the right to write in the folder " + acme());
            assertThat(sight(rig).waiting()).extracting(Watch.Waiting::why).containsExactly(Code.SRC_PERMISSION);
            assertThat(sight(rig).lastScan()).isNotNull();

            disk.isFolderBarred = false;
            rig.drain(WHILE);
            assertThat(Oracle.violations(rig.setup().home(), acme(), List.of(A), api))
                    .isEmpty();
        }
    }

    private static ListAppender<ILoggingEvent> lines() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Untold.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        return lines;
    }

    /** With one clock for all starts. */
    private Rig.Setup setup() {
        return setup;
    }

    private Path acme() {
        return temporary.resolve("acme");
    }

    private void inCustody(Rig rig) {
        A.into(acme(), rig.clock().instant());
        rig.scan();
        assertThat(rig.row("a.csv").inCustody()).isTrue();
    }

    private void exchange() throws IOException {
        Files.move(acme(), temporary.resolve("away"));
        Files.createDirectory(acme());
    }

    private void restore() throws IOException {
        Files.move(acme(), temporary.resolve("the other"));
        Files.move(temporary.resolve("away"), acme());
    }

    private JsonNode receipt(String csv) {
        return new ReceiptReader(acme()).now(csv).orElseThrow();
    }

    private static DropBoard.Sight sight(Rig rig) {
        return Objects.requireNonNull(rig.board().all().get("acme"));
    }

    private static void assertClosed(Rig rig, Code code) {
        assertThat(sight(rig).closed()).isEqualTo(code);
    }

    /** Says that we lack rights; who runs the tests may be root, who lacks none. */
    private static final class Barred extends Disk {

        private String barred = "";
        private boolean isFolderBarred;

        @Override
        public boolean mayRead(Path file) {
            return !file.endsWith(barred) && super.mayRead(file);
        }

        @Override
        public boolean mayChange(Path folder) {
            return !isFolderBarred && super.mayChange(folder);
        }
    }
}
