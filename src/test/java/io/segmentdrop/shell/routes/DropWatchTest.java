package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.DropStates;
import io.segmentdrop.shell.ledger.Takes;
import io.segmentdrop.testkit.SetClock;
import io.segmentdrop.testkit.TestLedger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.springframework.boot.health.contributor.Status;

/** The watch of one drop, stepped by hand: what Camel's file consumer is shown, and in which order. */
class DropWatchTest {

    @TempDir
    Path temporary;

    private final CamelContext camel = new DefaultCamelContext();
    private final DropBoard board = new DropBoard();
    private final List<String> looks = new ArrayList<>();
    private final List<Status> states = new ArrayList<>();
    private final SetClock clock = new SetClock(NOW);
    private Duration hangs = Duration.ZERO;
    private Optional<String> full = Optional.empty();
    private long free = Long.MAX_VALUE;
    private Takes.Load load = new Takes.Load(0, 0, 0);
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
        folders = new KnownFolders(ledger.folders(), clock);
        begin(folders);
        watch = watch();
        endpoint = camel.getEndpoint("direct:any");
        consumer = endpoint.createConsumer(exchange -> {});
    }

    private Disk disk() {
        return new Disk() {
            @Override
            public long free(Path folder) {
                return free;
            }
        };
    }

    private DropWatch watch() {
        return new DropWatch(
                drop.drop(),
                board,
                new DropRoom(drop.drop(), new Reserve(new Home(temporary), disk()), any -> load, 1),
                clock,
                clock,
                one -> {
                    looks.add(one.name());
                    states.add(health());
                    return full;
                },
                drop.hashes(),
                folders,
                new EarlyReceipts(
                        drop.drop(),
                        Duration.ofMinutes(5),
                        new ObjectMapper(),
                        new Untold(new Drops(List.of(drop.drop())), board)));
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

        clock.advance(Duration.ofMillis(1999));
        assertThat(begin()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(begin()).isTrue();

        assertThat(shown()).containsExactly("vips.csv");
        assertThat(sight().waiting()).isEmpty();
        assertThat(sight().lastScan()).isEqualTo(clock.instant());
        Complete complete = complete().getFirst();
        assertThat(complete.drop()).isEqualTo(drop.drop());
        assertThat(complete.ready().what()).isInstanceOf(Candidate.Pair.class);
        assertThat(complete.said().segment()).isEqualTo(7);
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
        clock.advance(Duration.ofSeconds(60));
        assertThat(begin()).isFalse();
        assertThat(sight().waiting()).extracting(Watch.Waiting::why).containsExactly(Code.WAIT_PROOF);
    }

    @Test
    void aChangeBeginsTheWaitAnew() throws IOException {
        drop.put(SampleDrop.ADDING);
        begin();
        clock.advance(Duration.ofMillis(1500));
        drop.write("vips.csv", "email\nb@example.com\n");
        assertThat(begin()).isFalse();
        clock.advance(Duration.ofMillis(1500));
        assertThat(begin()).isFalse();
        clock.advance(Duration.ofMillis(500));
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
        clock.advance(Duration.ofSeconds(3));
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
        clock.advance(Duration.ofSeconds(3));

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
        clock.advance(Duration.ofSeconds(3));
        assertThat(begin()).isTrue();
        assertThat(complete().getFirst().said()).isEqualTo(Sidecars.Said.NOTHING);
    }

    @Test
    void anOrphanIsShownWhenItIsOld() throws IOException {
        drop.write("vips.csv", "email\n");
        begin();
        for (int minute = 1; minute < 24 * 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(begin()).isFalse();
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(begin()).isTrue();
        assertThat(complete().getFirst().ready().orphan()).isEqualTo(Code.SIDE_MISSING);
        assertThat(complete().getFirst().said()).isEqualTo(Sidecars.Said.NOTHING);
    }

    @Test
    void aClockThatIsSetMakesNoFileOld() throws IOException {
        drop.write("vips.csv", "email\n");
        begin();
        clock.set(Duration.ofDays(1));
        assertThat(begin()).isFalse();
        clock.set(Duration.ofDays(400));
        assertThat(begin()).isFalse();
        drop.write("vips.csv.json", "{\"segment\": 7, \"clear\": false, \"bytes\": 6}");

        assertThat(begin()).isTrue();

        assertThat(complete().getFirst().ready().orphan()).isNull();
    }

    @Test
    void aFolderThatWasAwayForADayMakesNoFileOld() throws IOException {
        drop.write("vips.csv", "email\n");
        begin();
        Path away = Files.move(temporary.resolve("drop"), temporary.resolve("away"));
        begin();
        clock.advance(Duration.ofDays(2));
        Files.move(away, temporary.resolve("drop"));

        assertThat(begin()).isFalse();
        assertThat(begin()).isFalse();
    }

    @Test
    void moreFilesThanAreLookedAtAreToldAndThoseThatAreTakenMakeRoom() throws IOException {
        drop = new SampleDrop(temporary.resolve("drop"), 100);
        watch = watch();
        for (int i = 0; i < 100; i++) {
            Files.createFile(drop.file("lone-" + i + ".csv"));
        }
        for (int i = 0; i < 20; i++) {
            Files.createFile(drop.file("pair-" + i + ".csv"));
            Files.writeString(drop.file("pair-" + i + ".csv.json"), "{\"segment\": 7, \"clear\": false, \"bytes\": 0}");
        }

        begin();

        assertThat(board.notes("acme"))
                .containsExactly(new DropBoard.Note(
                        Code.SRC_TOO_MANY_ENTRIES, "expected at most 100 files, found more; what goes beyond waits"));
        assertThat(sight().waiting().size() + 2 * complete().size()).isEqualTo(100);
        for (int i = 0; i < 40; i++) {
            Files.delete(drop.file("lone-" + i + ".csv"));
        }
        assertThat(begin()).isTrue();
        assertThat(complete().stream().filter(one -> one.ready().orphan() == null))
                .hasSize(20);
        assertThat(board.notes("acme")).isEmpty();
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
    void whatThereIsRoomForIsTakenInItsOrderAndTheRestWaits() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            drop.write(name + ".csv", "x".repeat(100));
            drop.write(name + ".csv.json", "{\"segment\": 7, \"clear\": false, \"bytes\": 100}");
            touch(name + ".csv", 1);
            touch(name + ".csv.json", 1);
        }
        long each = 100 + Files.size(drop.file("a.csv.json"));
        free = Reserve.LEAST + 2 * each;

        assertThat(begin()).isTrue();

        assertThat(shown()).containsExactly("a.csv", "b.csv");
        assertThat(sight().waiting())
                .extracting(Watch.Waiting::name, Watch.Waiting::why)
                .containsExactly(tuple("c.csv", Code.DISK_RESERVE));
        assertThat(sight().closed()).as("it takes").isNull();

        load = new Takes.Load(1, 0, 0);
        assertThat(begin()).as("what the first look claimed is given back").isTrue();
        assertThat(shown()).as("a check may write another byte").containsExactly("a.csv");
    }

    @Test
    void withoutRoomForTheFirstTheDropIsClosed() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        free = Reserve.LEAST;

        assertThat(begin()).isFalse();
        assertThat(sight().closed()).isEqualTo(Code.DISK_RESERVE);
        free += 1000;
        assertThat(begin()).isTrue();
        assertThat(sight().closed()).isNull();
    }

    @Test
    void aDropThatHasItsQuotaInCustodyIsClosedUntilSomeOfItEnds() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        long size = 20 + Files.size(drop.file("vips.csv.json"));
        load = new Takes.Load(0, SampleDrop.QUOTA - size + 1, 0);

        assertThat(begin()).isFalse();

        assertThat(sight().closed()).isEqualTo(Code.SRC_QUOTA);
        assertThat(sight().reason())
                .isEqualTo("expected at most 100000 bytes of the drop in custody, found %d and %d to come"
                        .formatted(SampleDrop.QUOTA - size + 1, size));
        load = new Takes.Load(0, SampleDrop.QUOTA - size, 0);
        assertThat(begin()).isTrue();
    }

    @Test
    void whatWasBegunAndFindsNoRoomClosesTheDrop() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        full = Optional.of("no room");

        assertThat(begin()).isFalse();

        assertThat(sight().closed()).isEqualTo(Code.DISK_RESERVE);
        assertThat(sight().reason()).isEqualTo("no room");
        full = Optional.empty();
        assertThat(begin()).isTrue();
    }

    @Test
    void whatWasBegunIsGoneOnWithBeforeEachLook() {
        begin();
        begin();
        assertThat(looks).containsExactly("acme", "acme");
    }

    @Test
    void healthKnowsThatALookHasNotComeToItsEnd() {
        begin();
        clock.advance(Duration.ofSeconds(31));
        assertThat(health()).as("between two looks").isEqualTo(Status.UP);
        hangs = Duration.ofSeconds(31);

        begin();

        hangs = Duration.ZERO;
        assertThat(states).as("in the first look, and the second").containsExactly(Status.UP, Status.DOWN);
        assertThat(health()).isEqualTo(Status.UP);
    }

    private Status health() {
        clock.advance(hangs);
        return new DropStates(board, Map.of("acme", Duration.ofMillis(500)), Map::of, Map::of, clock)
                .health()
                .getStatus();
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

    /** What is taken, which is what the consumer is shown. */
    private List<String> shown() throws IOException {
        List<String> all = complete().stream()
                .map(complete -> complete.ready().what().name())
                .toList();
        try (Stream<Path> files = Files.list(temporary.resolve("drop"))) {
            assertThat(files.map(DropWatchTest::file)
                            .filter(watch::accept)
                            .map(file -> file.getFile().getName()))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
        return all;
    }

    private static GenericFile<File> file(Path path) {
        GenericFile<File> file = new GenericFile<>();
        file.setFile(path.toFile());
        return file;
    }

    /** All that the consumer is shown. */
    private List<Complete> complete() {
        return watch.complete(watch.names().stream().map(DropWatchTest::shown).toList());
    }

    private static GenericFile<File> shown(String name) {
        GenericFile<File> shown = new GenericFile<>();
        shown.setFile(new File(name));
        return shown;
    }
}
