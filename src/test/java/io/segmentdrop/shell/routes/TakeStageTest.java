package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Copies;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pair is recorded, then taken, and counts once. */
class TakeStageTest {

    @TempDir
    Path temporary;

    private SampleDrop drop;
    private Home home;
    private TestLedger ledger;
    private Nudge nudge;

    @BeforeEach
    void open() throws IOException {
        drop = new SampleDrop(Files.createDirectory(temporary.resolve("drop")));
        home = new Home(Files.createDirectory(temporary.resolve("home")));
        ledger = new TestLedger(home.root());
        nudge = new Nudge();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"segment": 7, "clear": false}                                                       | 7              | 7
        {"segment": 8, "clear": false}                                                       | publication-1  | 8
        {"segment": 9, "clear": false}                                                       | 9              | 9
        {"segment": {"create": {"name": "VIPs", "description": "x", "publicationId": 4}}, "clear": false} | create:acme:VIPs |
        {"segment": "seven"}                                                                 |                |
        no JSON                                                                              |                |
        """)
    void takesAPairIntoTheLaneThatItsSidecarTells(String sidecar, String lane, Long segment) throws IOException {
        drop.put(sidecar);
        long nudges = nudge.count();

        stage(new Disk()).take(List.of(drop.complete(null)));

        ImportRow row = only();
        assertThat(row.inCustody()).isTrue();
        assertThat(row.state()).isEqualTo(ImportState.TAKEN);
        assertThat(row.fileName()).isEqualTo("vips.csv");
        assertThat(row.dropName()).isEqualTo("acme");
        assertThat(row.lane()).isEqualTo(lane);
        assertThat(row.segment()).isEqualTo(segment);
        assertThat(row.code()).isNull();
        assertThat(row.takenAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(custody(row)).containsExactly("sidecar.json", "source.csv", "take.json");
        assertThat(drop.names()).isEmpty();
        assertThat(nudge.count()).isGreaterThan(nudges);
    }

    @ParameterizedTest
    @CsvSource({"vips.csv,SIDE_MISSING,source.csv", "vips.csv.json,CSV_MISSING,sidecar.json"})
    void takesAnOrphanWithItsVerdict(String name, Code verdict, String as) throws IOException {
        drop.write(name, "{}");

        stage(new Disk()).take(List.of(drop.complete(verdict)));

        ImportRow row = only();
        assertThat(row.code()).isEqualTo(verdict);
        assertThat(row.reason()).isEqualTo(verdict.meaning() + "; " + verdict.remedy());
        assertThat(row.fileName()).isEqualTo("vips.csv");
        assertThat(row.lane()).isNull();
        assertThat(custody(row)).containsExactly(as, "take.json");
    }

    @Test
    void aFileWithTwoNamesHasItsVerdict() throws IOException {
        drop.put(SampleDrop.ADDING);
        Files.createLink(temporary.resolve("second name"), drop.file("vips.csv"));

        stage(new Disk()).take(List.of(drop.complete(null)));

        assertThat(only().code()).isEqualTo(Code.NAME_HARD_LINK);
        assertThat(only().reason()).isEqualTo("expected a file with one name, found 2 names (hard links); drop a copy");
        assertThat(only().lane()).as("it is never sent").isNull();
    }

    @Test
    void aLinkHasItsVerdictAndIsNotFollowed() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), SampleDrop.ADDING);
        drop.write("vips.csv", "email\n");
        Files.createSymbolicLink(drop.file("vips.csv.json"), secret);

        stage(new Disk()).take(List.of(drop.complete(null)));

        assertThat(only().code()).isEqualTo(Code.NAME_NOT_REGULAR_FILE);
        assertThat(custody(only())).containsExactly("sidecar.json.removed", "source.csv", "take.json");
        assertThat(secret).hasContent(SampleDrop.ADDING);
    }

    @Test
    void allFilesOfAnAmbiguousPairAreTaken() throws IOException {
        drop.put(SampleDrop.ADDING);
        drop.write("vips.json", SampleDrop.ADDING);

        stage(new Disk()).take(List.of(drop.complete(Code.SIDE_AMBIGUOUS)));

        assertThat(only().code()).isEqualTo(Code.SIDE_AMBIGUOUS);
        assertThat(custody(only())).containsExactly("other-1", "other-2", "source.csv", "take.json");
    }

    @Test
    void aPairThatChangedSinceItWasSeenIsLeftForTheNextScan() throws IOException {
        drop.put(SampleDrop.ADDING);
        Complete seen = drop.complete(null);
        drop.write("vips.csv", "email\nb@example.com\n");

        stage(new Disk()).take(List.of(seen));

        assertThat(ledger.imports().takes().unfinished("acme")).isEmpty();
        assertThat(ledger.browse().counts()).isEmpty();
        assertThat(drop.names()).containsExactly("vips.csv", "vips.csv.json");
    }

    @Test
    void aFaultOfTheDiskIsOvercomeAtALaterScan() throws IOException {
        drop.put(SampleDrop.ADDING);
        Disk full = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (to.endsWith(Home.SIDECAR)) {
                    throw new IOException("no space left");
                }
                super.rename(from, to);
            }
        };
        TakeStage stage = stage(full);
        stage.take(List.of(drop.complete(null)));
        stage.goOn(drop.drop());
        assertThat(ledger.imports().takes().unfinished("acme")).hasSize(1);

        stage.take(List.of(drop.complete(Code.CSV_MISSING)));
        assertThat(ledger.imports().takes().unfinished("acme"))
                .as("what is begun is not begun again")
                .hasSize(1);

        stage(new Disk()).goOn(drop.drop());
        assertThat(only().code()).isNull();
        assertThat(custody(only())).containsExactly("sidecar.json", "source.csv", "take.json");
    }

    @Test
    void aSidecarThatIsReplacedWhileItsPairIsTakenRefusesThePair() throws IOException {
        drop.put(SampleDrop.ADDING);
        Disk slow = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                drop.write("vips.csv.json", "{\"segment\": 8, \"clear\": false}");
            }
        };

        stage(slow).take(List.of(drop.complete(null)));

        assertThat(only().code()).isEqualTo(Code.SIDE_MISSING);
        assertThat(only().reason())
                .isEqualTo("expected the sidecar as it was, found it changed or gone; drop both again");
        assertThat(drop.names()).containsExactly("vips.csv.json");
    }

    @Test
    void aKillIsOvercomeAtTheNextStart() throws IOException {
        drop.put(SampleDrop.ADDING);
        Disk killed = new Disk() {
            @Override
            public void forceFolder(Path folder) throws IOException {
                throw new IOException("killed");
            }
        };
        stage(killed).take(List.of(drop.complete(null)));
        assertThat(ledger.imports().takes().unfinished("acme")).hasSize(1);

        stage(new Disk()).recover();
        stage(new Disk()).recover();

        assertThat(custody(only())).containsExactly("sidecar.json", "source.csv", "take.json");
        assertThat(ledger.events().of(only().id())).hasSize(1);
    }

    private TakeStage stage(Disk disk) {
        Drops drops = new Drops(List.of(drop.drop()));
        Reserve reserve = new Reserve(home, disk);
        return new TakeStage(
                drops,
                new Lanes(drops, ledger.created()),
                home,
                new Custody(disk, new Copies(disk, reserve, folder -> {})),
                reserve,
                ledger.imports(),
                new ImportIds(() -> NOW, Optional::empty),
                nudge,
                Together.inOrder(),
                (drop, code) -> {},
                () -> NOW);
    }

    private ImportRow only() {
        List<ImportRow> rows = ledger.browse().imports(null, null, null, Long.MAX_VALUE, 10);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private List<String> custody(ImportRow row) throws IOException {
        try (Stream<Path> files = Files.list(home.work(row.id()))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
