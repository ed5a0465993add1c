package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.Account;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A home that comes back from a backup, or was copied, with imports that wait: the content decides, not the time of change. */
@NullUnmarked
class RestoredHomeTest {

    private static final List<Pair> PAIRS = List.of(
            Pair.adds("as-it-stands.csv", 1, Pair.people("a", 5)),
            Pair.adds("cleaned.csv", 2, " b1@example.com", "b2@example.com", "b3@example.com"),
            Pair.campaign("campaign.csv", 3, "c@example.com"),
            Pair.clears("clears.csv", 4, "d@example.com", "e@example.com"),
            Pair.adds("not-checked.csv", 5, "f@example.com"));

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private Path copy;

    @BeforeEach
    void wait_for_the_api() throws IOException {
        copy = temporary.resolve("other/home");
        Path drop = setup().drops().get("acme");
        Pair.drop(drop, PAIRS.subList(0, 4));
        // of which a backup keeps the whole seconds
        Files.setLastModifiedTime(
                drop.resolve("as-it-stands.csv"), FileTime.from(Instant.parse("2026-01-31T10:00:00.123456789Z")));
        try (Rig rig = Rig.start(setup())) {
            rig.scan();
            rig.check();
            Pair.drop(drop, PAIRS.subList(4, 5));
            rig.scan();
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Some in one chunk, some in several. */
    private Rig.Setup setup() {
        return Rig.Setup.of(temporary, api).chunks(2);
    }

    private static void run(Path in, String... command) {
        try {
            assertThat(new ProcessBuilder(command)
                            .directory(in.toFile())
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void copyBy(String how) throws IOException {
        Path to = Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        if (how.equals("tar")) {
            run(temporary, "/usr/bin/tar", "-czf", "backup.tgz", "home");
            run(to, "/usr/bin/tar", "-xzf", "../backup.tgz");
        } else {
            run(temporary, "/usr/bin/cp", "-r", "home", to.toString());
        }
    }

    private static void assertDelivered(Rig rig) {
        assertThat(rig.rows())
                .extracting(ImportRow::fileName, ImportRow::state, ImportRow::reason)
                .allMatch(row -> row.toList().get(1) == ImportState.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"tar", "cp"})
    @NeedsProgram({"/usr/bin/tar", "/usr/bin/cp", "/usr/bin/gzip"})
    void goes_on_by_itself(String how) throws IOException {
        copyBy(how);
        try (Rig rig = Rig.start(setup().home(copy))) {
            ImportRow row = rig.row("as-it-stands.csv");
            assertThat(row.contentMtime()).isNotEqualTo(mtime(rig, row));
            rig.run();
            assertDelivered(rig);
        }
        assertThat(api.account().applied())
                .extracting(Account.Applied::rows)
                .containsExactlyInAnyOrder(2L, 2L, 1L, 2L, 1L, 1L, 2L, 1L);
        assertThat(api.journal().imports(1)).hasSize(3);
    }

    private static long mtime(Rig rig, ImportRow row) throws IOException {
        return Mark.of(Home.sent(new Home(rig.setup().home()).work(row.id())))
                .orElseThrow()
                .mtimeNanos();
    }

    /** An older release held them, and a release held them again. */
    @Test
    void what_is_held_for_its_time_alone_goes_on_when_it_is_released() throws IOException {
        touchAll();
        try (Rig rig = Rig.start(setup())) {
            ImportRow row = rig.row("as-it-stands.csv");
            rig.imports()
                    .hold(
                            row.id(),
                            Code.STAGED_HASH_MISMATCH,
                            "touched",
                            rig.clock().instant());
            new Decisions(rig.ledger(), rig.imports(), new Events(rig.ledger()))
                    .release(row.id(), Decisions.As.SEND, "ops", rig.clock().instant());
            rig.run();
            assertDelivered(rig);
        }
    }

    @Test
    void the_new_time_is_remembered() throws IOException {
        touchAll();
        api.forSegment(1, Fault.answer(503, "{}"));
        try (Rig rig = Rig.start(setup())) {
            rig.run();
            ImportRow row = rig.row("as-it-stands.csv");
            assertThat(row.state()).isEqualTo(ImportState.READY);
            assertThat(row.contentMtime()).isEqualTo(mtime(rig, row));
            rig.drain(Duration.ofHours(1));
            assertDelivered(rig);
        }
    }

    private void touchAll() throws IOException {
        try (var files = Files.walk(temporary.resolve("home/work"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            }
        }
    }

    enum Damage {
        BYTES("expected the file that was checked, of %d bytes, found other bytes"),
        SIZE("expected the file that was checked, of %d bytes, found 3 bytes"),
        GONE("expected the file that was checked, of %d bytes, found none"),
        LINK("expected the file that was checked, of %d bytes, found ");

        private final String words;

        Damage(String words) {
            this.words = words;
        }

        void to(Path file) throws IOException {
            switch (this) {
                case BYTES -> Files.writeString(file, Files.readString(file).replace('a', 'z'));
                case SIZE -> Files.writeString(file, "abc");
                case GONE -> Files.delete(file);
                case LINK -> {
                    Path aside = Files.move(file, file.resolveSibling("aside"));
                    Files.createSymbolicLink(file, aside);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void other_content_holds_the_import_and_nothing_leaves(Damage damage) throws IOException {
        String id;
        try (Rig rig = Rig.start(setup())) {
            id = rig.row("as-it-stands.csv").id();
        }
        Path file = temporary.resolve("home/work").resolve(id).resolve(Home.SOURCE);
        long size = Files.size(file);
        long before = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
        damage.to(file);

        try (Rig rig = Rig.start(setup())) {
            rig.run();
            ImportRow row = rig.imports().get(id);
            assertThat(row.state()).isEqualTo(ImportState.HELD);
            assertThat(row.code()).isEqualTo(Code.STAGED_HASH_MISMATCH);
            assertThat(row.reason())
                    .startsWith(damage.words.formatted(size))
                    .endsWith("discard, and drop the pair again");
            assertThat(row.contentMtime()).as("not remembered").isEqualTo(before);
            assertThat(rig.row("cleaned.csv").state()).isEqualTo(ImportState.DELIVERED);
        }
        assertThat(api.journal().imports(1)).isEmpty();
    }
}
