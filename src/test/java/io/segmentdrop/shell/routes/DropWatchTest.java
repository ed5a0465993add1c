package io.segmentdrop.shell.routes;

import java.time.Duration;
import io.segmentdrop.testkit.TestLedger;
import com.fasterxml.jackson.databind.ObjectMapper;
import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.health.DropBoard;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of one drop, stepped by hand: what Camel's file consumer is shown, and in which order. */
class DropWatchTest {

    @TempDir
    Path temporary;

    private final CamelContext camel = new DefaultCamelContext();
    private final DropBoard board = new DropBoard();
    private final List<String> looks = new ArrayList<>();
    private Instant now = NOW;
    private SampleDrop drop;
    private DropWatch watch;
    private TestLedger ledger;
    private KnownFolders folders;
    private Endpoint endpoint;
    private Consumer consumer;

    @BeforeEach
    void make() throws Exception {
        drop = new SampleDrop(Files.createDirectory(temporary.resolve("drop")));
        ledger = new TestLedger(Files.createDirectory(temporary.resolve("home")));
        folders = new KnownFolders(ledger.folders(), () -> now);
        begin(folders);
        watch = new DropWatch(
                drop.drop(),
                board,
                new Reserve(new Home(temporary), new Disk()),
                () -> now,
                one -> looks.add(one.name()),
                folders,
                new EarlyReceipts(
                        drop.drop(),
                        Duration.ofMinutes(5),
                        new ObjectMapper(),
                        new Untold(new Drops(List.of(drop.drop())), board)),
                () -> {});
        endpoint = camel.getEndpoint("direct:any");
        consumer = endpoint.createConsumer(exchange -> {});
    }

    private void begin(KnownFolders known) throws IOException {
        known.begin(
                List.of(new KnownFolders.Setup(drop.drop(), "file:" + temporary.resolve("drop"), true, List.of())),
                new Drops(List.of(drop.drop())),
                new Home(temporary.resolve("home")),
                new Disk());
    }

    @AfterEach
    void stop() throws Exception {
        ledger.close();
        camel.close();
    }

    @Test
    void aPairIsShownOnceItHasSettled() throws IOException {
        drop.put(SampleDrop.ADDING);
        assertThat(begin()).isFalse();
        assertThat(sight().waiting()).containsExactly(new Watch.Waiting("vips.csv", Code.WAIT_SETTLE, NOW));

        now = NOW.plusMillis(1999);
        assertThat(begin()).isFalse();
        now = NOW.plusMillis(2000);
        assertThat(begin()).isTrue();

        assertThat(shown()).containsExactly("vips.csv");
        assertThat(sight().waiting()).isEmpty();
        assertThat(sight().lastScan()).isEqualTo(now);
        Complete complete = watch.complete().getFirst();
        assertThat(complete.drop()).isEqualTo(drop.drop());
        assertThat(complete.ready().what()).isInstanceOf(Candidate.Pair.class);
        assertThat(Objects.requireNonNull(complete.sidecar()).ok()).isTrue();
    }

    @Test
    void aPairWithAProofThatFitsIsShownAtOnce() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        assertThat(begin()).isTrue();
    }

    @Test
    void aProofThatDoesNotFitWaits() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 21}");
        assertThat(begin()).isFalse();
        now = NOW.plusSeconds(60);
        assertThat(begin()).isFalse();
        assertThat(sight().waiting()).extracting(Watch.Waiting::why).containsExactly(Code.WAIT_PROOF);
    }

    @Test
    void aChangeBeginsTheWaitAnew() throws IOException {
        drop.put(SampleDrop.ADDING);
        begin();
        now = NOW.plusMillis(1500);
        drop.write("vips.csv", "email\nb@example.com\n");
        assertThat(begin()).isFalse();
        now = NOW.plusMillis(3000);
        assertThat(begin()).isFalse();
        now = NOW.plusMillis(3500);
        assertThat(begin()).isTrue();
    }

    @Test
    void pairsAreShownByTheTimeOfTheirLaterFileThenByName() throws IOException {
        for (String name : List.of("c", "a", "d", "b")) {
            drop.write(name + ".csv", "email\n");
            drop.write(name + ".csv.json", SampleDrop.ADDING);
            touch(name + ".csv", 5);
            touch(name + ".csv.json", name.equals("d") ? 1 : 10);
        }
        begin();
        now = NOW.plusSeconds(3);
        assertThat(begin()).isTrue();
        assertThat(shown()).containsExactly("d.csv", "a.csv", "b.csv", "c.csv");
    }

    private void touch(String name, int second) throws IOException {
        Files.setLastModifiedTime(drop.file(name), FileTime.from(Instant.ofEpochSecond(1_700_000_000L + second)));
    }

    @Test
    void nothingElseIsShown() throws IOException {
        drop.put(SampleDrop.ADDING);
        drop.write("lone.csv", "email\n");
        drop.write("upload.csv.part", "ema");
        drop.write("notes.txt", "hello");
        Files.createDirectory(drop.file("sub"));
        begin();
        now = NOW.plusSeconds(3);

        assertThat(begin()).isTrue();

        assertThat(shown()).containsExactly("vips.csv");
        assertThat(sight().waiting()).extracting(Watch.Waiting::why).containsExactly(Code.WAIT_SIDECAR);
        assertThat(sight().ignored()).isEqualTo(3);
    }

    @Test
    void aLinkAsSidecarIsShownButNotRead() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), SampleDrop.ADDING);
        drop.write("vips.csv", "email\n");
        Files.createSymbolicLink(drop.file("vips.csv.json"), secret);
        begin();
        now = NOW.plusSeconds(3);
        assertThat(begin()).isTrue();
        assertThat(watch.complete().getFirst().sidecar()).isNull();
    }

    @Test
    void anOrphanIsShownWhenItIsOld() throws IOException {
        drop.write("vips.csv", "email\n");
        now = Clock.systemUTC().instant();
        begin();
        now = now.plusSeconds(24 * 3600 + 1);
        assertThat(begin()).isTrue();
        assertThat(watch.complete().getFirst().ready().orphan()).isEqualTo(Code.SIDE_MISSING);
        assertThat(watch.complete().getFirst().sidecar()).isNull();
    }

    @Test
    void aMissingFolderClosesTheDropUntilItIsThere() throws IOException {
        Files.delete(temporary.resolve("drop"));
        assertThat(begin()).isFalse();
        assertThat(sight().closed()).isEqualTo(Code.SRC_DIR_MISSING);
        assertThat(sight().reason())
                .isEqualTo("expected to read the folder " + temporary.resolve("drop")
                        + ", found NoSuchFileException; make it, or give segment-drop the right to read it");

        Files.createDirectory(temporary.resolve("drop"));
        begin();
        assertThat(sight().closed()).isNull();
    }

    @Test
    void aLinkAsReceiptsClosesTheDrop() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        assertThat(begin()).isTrue();
        Files.createSymbolicLink(drop.file("receipts"), temporary);

        assertThat(begin()).isFalse();

        assertThat(shown()).isEmpty();
        assertThat(sight().closed()).isEqualTo(Code.SRC_RECEIPTS_LINK);
        assertThat(sight().reason()).isEqualTo(drop.file("receipts") + " is a link or a file; remove it");
        Files.delete(drop.file("receipts"));
        assertThat(begin()).isTrue();
    }

    @Test
    void whatWasBegunIsGoneOnWithBeforeEachLook() {
        begin();
        begin();
        assertThat(looks).containsExactly("acme", "acme");
    }

    @Test
    void aFaultOfThePollIsNotTriedAgainAtOnce() {
        assertThat(watch.rollback(consumer, endpoint, 0, new IOException("gone")))
                .isFalse();
    }

    private boolean begin() {
        return watch.begin(consumer, endpoint);
    }

    private DropBoard.Sight sight() {
        return Objects.requireNonNull(board.all().get("acme"));
    }

    /** What is taken; the first of it is what the consumer is shown. */
    private List<String> shown() throws IOException {
        List<String> all = watch.complete().stream()
                .map(complete -> complete.ready().what().name())
                .toList();
        try (Stream<Path> files = Files.list(temporary.resolve("drop"))) {
            assertThat(files.map(DropWatchTest::file)
                            .filter(watch::accept)
                            .map(file -> file.getFile().getName()))
                    .isEqualTo(all.stream().limit(1).toList());
        }
        return all;
    }

    private static GenericFile<File> file(Path path) {
        GenericFile<File> file = new GenericFile<>();
        file.setFile(path.toFile());
        return file;
    }
}
