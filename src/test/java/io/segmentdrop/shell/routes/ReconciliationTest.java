package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.LedgerJson;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.TakeNote;
import io.segmentdrop.shell.ledger.Takes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger restored from a backup sends nothing twice and loses nothing. */
class ReconciliationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    @TempDir
    Path folder;

    private final Disk disk = new Disk();
    private Home home;
    private ImportIds ids;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(folder.resolve("home"));
        disk.makeFolder(home.root());
        home.prepare(disk);
        ids = new ImportIds(InstantSource.fixed(NOW), Optional::empty);
    }

    @Test
    void whatEndedAfterTheBackupIsKnownAgainAndNotSentTwice() throws IOException {
        String open = ids.next();
        String later = ids.next();
        Path backup = folder.resolve("backup.db");
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            plan(ledger, open);
        }
        Files.copy(home.root().resolve("ledger.db"), backup);
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            deliver(ledger, open);
            plan(ledger, later);
            deliver(ledger, later);
        }
        restore(backup);

        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            assertThat(new Claims(ledger).next(NOW, Set.of()))
                    .as("what would be sent twice")
                    .isPresent();

            reconcile(ledger);

            Imports imports = imports(ledger);
            assertThat(imports.get(open).state()).isEqualTo(ImportState.DELIVERED);
            assertThat(imports.get(later).state()).isEqualTo(ImportState.DELIVERED);
            assertThat(imports.get(later).settled()).isTrue();
            assertThat(imports.chunks(later)).hasSize(1);
            assertThat(new Claims(ledger).next(NOW, Set.of())).isEmpty();
            assertThat(imports.tellings().next(List.of(), List.of(), NOW))
                    .as("told again")
                    .isNotEmpty();
        }
    }

    @Test
    void theLedgerThatKnowsEverythingStaysAsItIs() throws IOException {
        String id = ids.next();
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            plan(ledger, id);
            deliver(ledger, id);
            long seq = imports(ledger).get(id).seq();

            reconcile(ledger);

            assertThat(imports(ledger).get(id).seq()).isEqualTo(seq);
        }
    }

    @Test
    void aCreatedSegmentIsRememberedFromTheManifest() throws IOException {
        String id = ids.next();
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            plan(ledger, id);
            new CreatedSegments(ledger, new Events(ledger))
                    .remember(imports(ledger).get(id), "new list", 4711, NOW);
            deliver(ledger, id);
        }
        Files.delete(home.root().resolve("ledger.db"));
        Files.delete(home.root().resolve("installation"));

        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            reconcile(ledger);

            assertThat(new CreatedSegments(ledger, new Events(ledger)).find("acme", "new list"))
                    .contains(4711L);
        }
    }

    @Test
    void filesThatTheLedgerNeverHeardOfAreDeadLettersOfTheirDrop() throws IOException {
        String id = ids.next();
        disk.makeFolder(home.work(id));
        Files.writeString(home.work(id).resolve(Home.SOURCE), "email\n");
        List<List<String>> sources = List.of(List.of("vips.csv", "6:1:1", Home.SOURCE));
        Files.write(home.work(id).resolve(Home.TAKE), new TakeNote("acme", "vips.csv", sources, null).json());
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            reconcile(ledger);
            reconcile(ledger);

            ImportRow row = imports(ledger).get(id);
            assertThat(row.state()).isEqualTo(ImportState.UNDELIVERABLE);
            assertThat(row.code()).isEqualTo(Code.LEDGER_UNKNOWN);
            assertThat(row.dropName()).isEqualTo("acme");
            assertThat(row.fileName()).isEqualTo("vips.csv");
            assertThat(LedgerJson.texts(row.sources())).isEqualTo(sources);
            assertThat(row.settled()).isFalse();
            assertThat(imports(ledger).tellings().next(List.of(), List.of(), NOW))
                    .contains(row);
            assertThat(new Events(ledger).of(id)).hasSize(1);
        }
        assertThat(home.work(id).resolve(Home.SOURCE)).hasContent("email\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"drop\":\"acme\",\"fi", "{\"drop\":\"../x\",\"file\":\"a\",\"sources\":[]}", "null", "[]"
            })
    void filesWithoutAWholeNoteAreDeadLettersOfNoDrop(String note) throws IOException {
        String inWork = ids.next();
        String setAside = ids.next();
        Path aside = home.root().resolve("dead-letter/unknown");
        disk.makeFolder(home.work(inWork));
        disk.makeFolder(aside.resolve(setAside));
        disk.makeFolder(home.work("not-an-import"));
        Files.writeString(home.work(inWork).resolve(Home.TAKE), note);
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            reconcile(ledger);

            for (String id : List.of(inWork, setAside)) {
                ImportRow row = imports(ledger).get(id);
                assertThat(row.code()).isEqualTo(Code.LEDGER_UNKNOWN);
                assertThat(row.dropName()).isEqualTo("unknown");
                assertThat(SettleStage.place(home, row)).isEqualTo(aside.resolve(id));
            }
        }
    }

    @Test
    void whatWasAboutToBePutAwayIsKnownFromItsManifest() throws IOException {
        String id = ids.next();
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            plan(ledger, id);
            imports(ledger).change(id, ImportState.DELIVERED, null, "accepted by OptiPub", Imports.SELF, NOW);
            Files.write(home.work(id).resolve(Home.MANIFEST), new Manifests(ledger, new Events(ledger)).of(id));
        }
        Files.delete(home.root().resolve("ledger.db"));
        Files.delete(home.root().resolve("installation"));
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            reconcile(ledger);

            assertThat(imports(ledger).get(id).state()).isEqualTo(ImportState.DELIVERED);
            assertThat(imports(ledger)
                            .tellings()
                            .next(List.of(), List.of(), NOW)
                            .map(ImportRow::settled))
                    .contains(false);
        }
    }

    @Test
    void whatEndedAfterTheBackupByAClockThatWasSetBackIsKnownAgain() throws IOException {
        String newest = ids.next();
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            plan(ledger, newest);
        }
        Path backup = folder.resolve("backup.db");
        Files.copy(home.root().resolve("ledger.db"), backup);
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            deliver(ledger, newest, NOW.minus(Duration.ofDays(1)));
        }
        restore(backup);
        try (LedgerDatabase ledger = LedgerDatabase.open(home.root())) {
            reconcile(ledger);

            assertThat(imports(ledger).get(newest).state()).isEqualTo(ImportState.DELIVERED);
        }
    }

    private void reconcile(LedgerDatabase ledger) throws IOException {
        new Reconciliation(home, new Manifests(ledger, new Events(ledger)), imports(ledger), InstantSource.fixed(NOW))
                .run();
    }

    private static Imports imports(LedgerDatabase ledger) {
        return new Imports(ledger, new Events(ledger));
    }

    private void plan(LedgerDatabase ledger, String id) throws IOException {
        Imports imports = imports(ledger);
        imports.takes()
                .intend(List.of(new Takes.Take(id, "acme", "vips.csv", List.of(), "100789", 100789L, null, null)), NOW);
        disk.makeFolder(home.work(id));
        imports.takes().inCustody(id, NOW);
        String options = """
            {"segment": {"value": {"create": {"name": "new list", "description": "d", "publicationId": 1}},
             "from": "sidecar"}, "clear": {"value": false, "from": "sidecar"}}\
            """;
        imports.plan(
                id,
                new Imports.Checked("a".repeat(64), options, "h", null, false, 100789L, "100789", 1, 0, "[]", 0, "[]"),
                new Imports.Plan(
                        false,
                        ResendClass.SAFE,
                        "[]",
                        "email\n",
                        10,
                        1,
                        List.of(new PlannedChunk(1, 0, 10, 1, "b".repeat(64))),
                        false),
                NOW);
    }

    /** Ends the import and puts it away, without recording that in the ledger, as a kill right after the move would. */
    private void deliver(LedgerDatabase ledger, String id) throws IOException {
        deliver(ledger, id, NOW);
    }

    private void deliver(LedgerDatabase ledger, String id, Instant now) throws IOException {
        imports(ledger).change(id, ImportState.DELIVERED, null, "accepted by OptiPub", Imports.SELF, now);
        disk.replace(home.work(id).resolve(Home.MANIFEST), new Manifests(ledger, new Events(ledger)).of(id));
        Path place = SettleStage.place(home, imports(ledger).get(id));
        disk.makeFolder(Objects.requireNonNull(place.getParent()));
        disk.rename(home.work(id), place);
    }

    private void restore(Path backup) throws IOException {
        Files.copy(backup, home.root().resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(home.root().resolve("ledger.db-wal"));
        Files.deleteIfExists(home.root().resolve("ledger.db-shm"));
    }
}
