package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.Mirrored;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder a drop's is, and which drop a name of the ledger means. */
class KnownFoldersTest {

    @TempDir
    Path temporary;

    private final Disk disk = new Disk();
    private Path folder;
    private Home home;
    private TestLedger ledger;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temporary.resolve("acme"));
        home = new Home(temporary.resolve("home"));
        home.prepare(disk);
        ledger = new TestLedger(home.root());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatTheLedgerCannotTakeNowIsRecordedByALaterLook() throws IOException {
        Drop acme = drop("acme", folder);
        KnownFolders known = begin(local(acme));
        assertThat(known.look(acme)).isEmpty();
        Files.writeString(folder.resolve("first.csv"), "its birth is sure from here on");
        assertThat(known.look(acme)).isEmpty();

        assertThat(ledger.folders().all())
                .containsExactly(new DropFolders.Row(
                        "acme", "file:" + folder, acme.folder().identity().known()));
    }

    @Test
    void acceptingIsSafeToRepeatAndNamesThePerson() throws IOException {
        Drop acme = drop("acme", folder);
        KnownFolders known = begin(local(acme));
        known.look(acme);
        known.accept("acme", "ann");
        known.accept("no drop", "ann");
        assertThat(accepted()).as("there is nothing to accept").isZero();

        Files.move(folder, temporary.resolve("away"));
        known.accept("acme", "ann");
        assertThat(accepted()).as("nor is there if none is there").isZero();

        Files.createDirectory(folder);
        assertThat(known.look(acme))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("expected the folder " + folder + " as it was (file system ")
                        .contains("), found another (file system "));
        known.accept("acme", "ann");
        known.accept("acme", "bob");
        assertThat(accepted()).isOne();
        assertThat(known.look(acme)).isEmpty();
    }

    @Test
    void aDropOnAServerTakesItsMemoryAlong() throws IOException {
        Files.writeString(
                Files.createDirectories(home.spool("old").resolve("receipts")).resolve("a.csv.receipt.json"), "{}");
        Mirrored mirrored = new Mirrored(ledger.database());
        mirrored.begin(
                "old",
                List.of(new Mirrored.Row(
                        "a.csv", List.of(new Mirrored.File("a.csv", "1:1", ".mirror-0-0.part")), false, NOW)));
        ledger.begun("A", "old", "b.csv", "create:old:VIPs");
        ledger.begun("B", "old", "c.csv", "create:older:VIPs");
        ledger.gates().close("drop:old", Code.DROP_PAUSED, "paused", "ann", NOW);
        Drop vendor = drop("vendor", home.spool("vendor"));

        begin(new KnownFolders.Setup(vendor, "sftp://v@host:22/out", false, List.of("old")));

        assertThat(home.spool("vendor").resolve("receipts/a.csv.receipt.json")).hasContent("{}");
        assertThat(home.spool("old")).doesNotExist();
        assertThat(mirrored.all("vendor")).hasSize(1);
        assertThat(mirrored.all("old")).isEmpty();
        assertThat(ledger.imports().get("A").dropName()).isEqualTo("vendor");
        assertThat(ledger.imports().get("A").lane()).isEqualTo("create:vendor:VIPs");
        assertThat(ledger.imports().get("B").lane()).as("of another drop").isEqualTo("create:older:VIPs");
        assertThat(ledger.gates().find("drop:vendor")).isPresent();
        assertThat(ledger.gates().find("drop:old")).isEmpty();
    }

    @Test
    void aNameThatIsConfiguredIsNeverAnother() throws IOException {
        ledger.begun("A", "acme", "a.csv", "1");
        begin(local(drop("acme", folder)));
        Path other = Files.createDirectory(temporary.resolve("other"));
        begin(local(drop("beta", folder)), local(drop("acme", other)));
        assertThat(ledger.imports().get("A").dropName()).isEqualTo("acme");
    }

    @Test
    void aFolderThatWasMovedAndRenamedIsKnownByWhatItIs() throws IOException {
        Drop acme = drop("acme", folder);
        Files.writeString(folder.resolve("first.csv"), "its birth is sure from here on");
        begin(local(acme)).look(acme);
        ledger.begun("A", "acme", "a.csv", "1");
        Path moved = Files.move(folder, temporary.resolve("moved"));

        begin(local(drop("beta", moved)));

        assertThat(ledger.imports().get("A").dropName()).isEqualTo("beta");
    }

    private long accepted() {
        return new Overview(ledger.database())
                .decisions(10).stream()
                        .filter(event -> event.kind().equals("folder accepted"))
                        .filter(event -> event.actor().equals("ann"))
                        .count();
    }

    private KnownFolders begin(KnownFolders.Setup... setups) throws IOException {
        KnownFolders known = new KnownFolders(ledger.folders(), () -> NOW);
        known.begin(
                List.of(setups),
                new Drops(List.of(setups).stream().map(KnownFolders.Setup::drop).toList()),
                home,
                disk);
        return known;
    }

    private static KnownFolders.Setup local(Drop drop) {
        return new KnownFolders.Setup(drop, "file:" + drop.folder().path(), true, List.of());
    }

    private Drop drop(String name, Path place) {
        return new Drop(
                name,
                new DropFolder(place, disk),
                Duration.ofMillis(500),
                Duration.ofMinutes(5),
                new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)),
                null,
                Rig.anything(),
                CheckSettings.DEFAULTS,
                0.5);
    }
}
