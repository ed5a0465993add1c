package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Removal;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.AttemptRow;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.Forgetting;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.testkit.SetClock;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes with age and what never does. Archive is kept for 30 days, dead letters for 90, the ledger for 400. */
class RetentionStageTest {

    private static final RetentionStage.Ages AGES =
            new RetentionStage.Ages(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(400));

    /** A disk that is cut off before its nth removal. */
    private static final class CutDisk extends Disk {

        private int left = Integer.MAX_VALUE;

        @Override
        public void remove(Path file) throws IOException {
            if (left-- <= 0) {
                throw new IllegalStateException("cut off");
            }
            super.remove(file);
        }
    }

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock(NOW);
    private final ImportIds ids = new ImportIds(clock, Optional::empty);
    private final CutDisk disk = new CutDisk();
    private Home home;
    private TestLedger ledger;
    private RetentionStage stage;

    @BeforeEach
    void open() throws IOException {
        home = new Home(Files.createDirectories(folder.resolve("home")));
        home.prepare(disk);
        ledger = new TestLedger(home.root());
        stage = stage(AGES);
    }

    private RetentionStage stage(RetentionStage.Ages ages) {
        return new RetentionStage(
                home,
                new Removal(disk),
                new Forgetting(ledger.database()),
                new Metrics(new SimpleMeterRegistry()),
                ages);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Looks until nothing more is to do. */
    private void look() throws IOException {
        RetentionWork.Look look;
        do {
            look = new RetentionWork.Look(clock.instant());
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());
            Piece.put(exchange, look);
            stage.files(exchange);
            stage.rows(exchange);
        } while (look.hasMore());
    }

    /** An import that ended now and was put away, with its files. */
    private ImportRow ended(ImportState state) throws IOException {
        return putAway(ledger.inState(ids.next(), state));
    }

    private ImportRow putAway(ImportRow row) throws IOException {
        Path place = SettleStage.place(home, row);
        disk.makeFolder(place);
        for (String name : List.of(Home.SOURCE, Home.SIDECAR, Home.CLEAN, Home.REJECTS)) {
            Files.writeString(place.resolve(name), "ann@example.com");
        }
        Files.write(place.resolve(Home.MANIFEST), new Manifests(ledger.database(), ledger.events()).of(row.id()));
        ledger.imports().tellings().settled(row.id());
        ledger.imports().tellings().told(row.id(), row.revision());
        return ledger.imports().get(row.id());
    }

    private boolean hasFiles(ImportRow row) {
        return Files.exists(SettleStage.place(home, row));
    }

    private boolean isKnown(ImportRow row) {
        return ledger.imports().find(row.id()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TAKEN", "READY", "HELD"})
    void whatHasEndedGoesInItsTime(ImportState state) throws IOException {
        ImportRow row = ended(state);
        ended(ImportState.CHECKED);
        int days = state.isDeadLetter() ? 90 : 30;

        clock.advance(Duration.ofDays(days));
        look();
        assertThat(hasFiles(row)).isTrue();

        clock.advance(Duration.ofDays(1));
        look();
        assertThat(hasFiles(row)).isFalse();
        assertThat(isKnown(row)).isTrue();

        clock.advance(Duration.ofDays(400 - days - 1).plusMillis(1));
        look();
        assertThat(isKnown(row)).isFalse();
        assertThat(ledger.events().of(row.id())).isEmpty();
        assertThat(ledger.imports().chunks(row.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "READY", "HELD"})
    void whatIsOpenNeverGoes(ImportState state) throws IOException {
        ImportRow row = ledger.inState(ids.next(), state);
        disk.makeFolder(home.work(row.id()));
        ended(ImportState.CHECKED);

        clock.advance(Duration.ofDays(4000));
        look();

        assertThat(home.work(row.id())).exists();
        assertThat(isKnown(row)).isTrue();
    }

    @Test
    void nothingOfADayIsLeftBehind() throws IOException {
        ended(ImportState.DELIVERED);
        clock.advance(Duration.ofDays(32));
        look();
        look();

        assertThat(home.root().resolve("archive/acme")).isEmptyDirectory();
    }

    @Test
    void theAnswersOfTheApiGoWithTheFiles() throws IOException {
        ImportRow row = ledger.ready(ids.next(), "1", 1);
        Claims claims = ledger.claims();
        Claim claim =
                claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW).orElseThrow();
        Outcome refused = new Outcome.Refused(new Answer(422, "ann@example.com is no member"));
        ledger.outcomes()
                .record(
                        claim,
                        refused,
                        new Step.Undeliverable(Code.API_REFUSED, "refused", ChunkState.REFUSED),
                        List.of(),
                        NOW);
        putAway(ledger.imports().get(row.id()));
        assertThat(ledger.browse().attempts(row.id()))
                .extracting(AttemptRow::answer)
                .isNotEmpty()
                .doesNotContainNull();

        clock.advance(Duration.ofDays(91));
        look();

        assertThat(ledger.browse().attempts(row.id()))
                .hasSize(1)
                .allSatisfy(attempt -> assertThat(attempt.answer()).isNull());
    }

    @Test
    void whoseSenderWasNotToldStays() throws IOException {
        ImportRow row = ledger.inState(ids.next(), ImportState.REJECTED);
        disk.makeFolder(SettleStage.place(home, row));
        ledger.imports().tellings().settled(row.id());

        clock.advance(Duration.ofDays(1000));
        look();

        assertThat(hasFiles(row)).isTrue();
        assertThat(isKnown(row)).isTrue();
    }

    @Test
    void theLastClearingImportOfASegmentIsRemembered() throws IOException {
        ImportRow first = clearing();
        clock.advance(Duration.ofDays(1));
        ImportRow last = clearing();
        ended(ImportState.CHECKED);

        clock.advance(Duration.ofDays(1000));
        look();

        assertThat(isKnown(first)).isFalse();
        assertThat(isKnown(last)).isTrue();
        assertThat(hasFiles(last)).isFalse();
        assertThat(ledger.imports().lastClearing(7))
                .get()
                .extracting(ImportRow::id)
                .isEqualTo(last.id());
    }

    private ImportRow clearing() throws IOException {
        String id = ids.next();
        ledger.taken(id, "7");
        ledger.plan(id, "7", 1, ResendClass.SAFE, true, false);
        ledger.imports().change(id, ImportState.DELIVERED, null, "for a test", Imports.SELF, clock.instant());
        return putAway(ledger.imports().get(id));
    }

    @Test
    void theNewestImportIsRemembered() throws IOException {
        ImportRow row = ended(ImportState.CHECKED);
        clock.advance(Duration.ofDays(1000));
        look();

        assertThat(isKnown(row)).isTrue();
        assertThat(hasFiles(row)).isFalse();
    }

    @Test
    void forEverIsForEver() throws IOException {
        stage = stage(new RetentionStage.Ages(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        ImportRow archived = ended(ImportState.DELIVERED);
        ImportRow dead = ended(ImportState.REJECTED);
        ended(ImportState.CHECKED);

        clock.advance(Duration.ofDays(10_000));
        look();

        assertThat(hasFiles(archived)).isTrue();
        assertThat(hasFiles(dead)).isTrue();
        assertThat(isKnown(archived)).isTrue();
    }

    @Test
    void aRemovalThatIsCutOffAnywhereIsFinished() throws IOException {
        for (int cut = 0; cut < 12; cut++) {
            ImportRow row = ended(cut % 2 == 0 ? ImportState.DELIVERED : ImportState.REJECTED);
            clock.advance(Duration.ofDays(100));
            disk.left = cut;
            try {
                look();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("cut off");
            }
            disk.left = Integer.MAX_VALUE;

            look();

            assertThat(hasFiles(row)).as("cut %s", cut).isFalse();
            Path above = Objects.requireNonNull(SettleStage.place(home, row).getParent());
            assertThat(Files.exists(above) ? Removal.begun(above) : List.of())
                    .as("cut %s", cut)
                    .isEmpty();
        }
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("kept.csv"), "a file of others");
        ImportRow row = ended(ImportState.DELIVERED);
        Files.createSymbolicLink(SettleStage.place(home, row).resolve("link"), outside);
        Files.createSymbolicLink(home.root().resolve("dead-letter/acme"), outside);
        Files.createSymbolicLink(home.root().resolve("archive/acme/2020-01-01"), outside);

        clock.advance(Duration.ofDays(100));
        look();

        assertThat(hasFiles(row)).isFalse();
        assertThat(outside.resolve("kept.csv")).hasContent("a file of others");
    }

    @Test
    void deadLettersThatNobodyKnowsGoByTheirFoldersTime() throws IOException {
        Path unknown = home.root().resolve("dead-letter/unknown").resolve(ids.next());
        disk.makeFolder(unknown);
        Path foreign = home.root().resolve("dead-letter/unknown/notes-of-operations");
        disk.makeFolder(foreign);
        clock.advance(Duration.ofDays(91));
        Files.setLastModifiedTime(unknown, FileTime.from(clock.instant().minus(Duration.ofDays(1))));
        look();
        assertThat(unknown).exists();

        clock.advance(Duration.ofDays(90));
        look();
        assertThat(unknown).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void whatWasPutAwayDoesNotStayInWork() throws IOException {
        ImportRow row = ended(ImportState.DELIVERED);
        disk.makeFolder(home.work(row.id()));

        look();

        assertThat(home.work(row.id())).doesNotExist();
        assertThat(home.root().resolve("work")).exists();
        assertThat(hasFiles(row)).isTrue();
    }

    @Test
    void manyGoInBatches() throws IOException {
        for (int i = 0; i < 250; i++) {
            String id = ids.next();
            ImportRow row = ledger.inState(id, ImportState.CHECKED);
            disk.makeFolder(SettleStage.place(home, row));
            ledger.imports().tellings().settled(id);
            ledger.imports().tellings().told(id, row.revision());
        }
        clock.advance(Duration.ofDays(1000));
        look();

        assertThat(ledger.browse().imports(null, null, null, Long.MAX_VALUE, 200))
                .hasSize(1);
    }

    @Test
    void aLookComesOnceAnHourAndNotAfterAJumpOfTheClock() {
        RetentionWork work = new RetentionWork(clock, clock, () -> Duration.ZERO);
        Object first = work.claim();
        assertThat(first).isInstanceOf(RetentionWork.Look.class);
        work.release(Objects.requireNonNull(first));
        clock.advance(Duration.ofMinutes(59));
        assertThat(work.claim()).isNull();
        clock.advance(Duration.ofMinutes(1));
        assertThat(work.claim()).isNotNull();

        clock.set(Duration.ofDays(3650));
        assertThat(work.claim()).isNull();
        clock.advance(Duration.ofMinutes(59));
        assertThat(work.claim()).isNull();
        clock.advance(Duration.ofMinutes(1));
        assertThat(work.claim()).isNotNull();
    }

    @Test
    void aWrongDateAtTheStartRemovesNothingForAnHour() {
        RetentionWork work = new RetentionWork(clock, clock, () -> Duration.ofDays(3650));
        assertThat(work.claim()).isNull();
        clock.set(Duration.ofDays(-3650));
        clock.advance(Duration.ofMinutes(59));
        assertThat(work.claim()).isNull();
        clock.advance(Duration.ofMinutes(1));
        assertThat(work.claim()).isNotNull();
    }

    @Test
    void aDeadLetterOfTheFutureGoesWhenItIsOld() throws IOException {
        String id = ids.next();
        clock.set(Duration.ofDays(-3650));
        ImportRow row = ledger.inState(id, ImportState.TAKEN);
        ledger.imports().change(id, ImportState.REJECTED, null, "for a test", Imports.SELF, clock.instant());
        putAway(ledger.imports().get(id));

        clock.advance(Duration.ofDays(1000));
        look();

        assertThat(hasFiles(row)).isFalse();
    }
}
