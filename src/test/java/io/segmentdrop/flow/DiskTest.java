package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.SmallDisk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full or refuse to be written: nothing is lost, nothing is sent again, and all goes on when there is room.
 * Where a name says tmpfs, a small file system is really full; otherwise the disk's calls are made to fail.
 */
@NullUnmarked
class DiskTest {

    private static final List<Pair> PAIRS = List.of(
            // a space that goes, so that what is sent is a file of its own
            Pair.adds("a.csv", 1, " a@example.com"),
            Pair.campaign("b.csv", 2, "b@example.com"),
            Pair.broken("c.csv", 3, "c@example.com"));

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private final Failing disk = new Failing();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void without_a_reserve_nothing_is_taken_and_there_is_one_alert() {
        try (Rig rig = rig()) {
            disk.free = 63L << 20;
            rig.drain(Duration.ofMinutes(5));
            assertThat(rig.rows()).isEmpty();
            assertThat(drop("a.csv")).exists();
            assertThat(sight(rig)).satisfies(sight -> {
                assertThat(sight.closed()).isEqualTo(Code.DISK_RESERVE);
                assertThat(sight.reason())
                        .isEqualTo(
                                "expected 64 MiB free on the disk of the home, found 63; make room, and the taking goes"
                                        + " on by itself");
            });
            disk.free = 65L << 20;
            drained(rig);
            assertThat(sight(rig).closed()).isNull();
        }
    }

    @Test
    void a_full_disk_while_taking_leaves_the_pair_in_the_drop() {
        disk.elsewhere = true;
        goesOnAfter(path -> path.toString().endsWith(".part"));
        disk.elsewhere = false;
    }

    @Test
    void a_full_disk_while_checking_waits() {
        goesOnAfter(path -> path.endsWith("clean.csv"));
    }

    @Test
    void an_archive_that_cannot_be_written_sends_nothing_again() {
        try (Rig rig = rig()) {
            disk.fails = path -> path.toString().contains("archive");
            rig.drain(Duration.ofMinutes(3));
            assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
            assertThat(rig.row("a.csv").settled()).isFalse();
            int asked = api.journal().entries().size();
            drained(rig);
            assertThat(api.journal().entries()).hasSize(asked);
        }
    }

    @Test
    void a_dead_letter_folder_that_cannot_be_written_loses_nothing() {
        goesOnAfter(path -> path.toString().contains("dead-letter"));
    }

    @Test
    void receipts_that_cannot_be_written_are_written_later() throws IOException {
        try (Rig rig = rig()) {
            Path receipts = Files.createDirectory(drop("receipts"));
            disk.fails = path -> path.equals(receipts);
            rig.drain(Duration.ofMinutes(3));
            assertThat(rig.row("b.csv").state()).isEqualTo(ImportState.DELIVERED);
            drained(rig);
            assertThat(api.account().efforts()).isEqualTo(1);
        }
    }

    @Test
    void a_home_on_a_full_tmpfs_takes_nothing_and_goes_on_when_there_is_room() {
        Path home = temporary.resolve("home");
        try (SmallDisk small = SmallDisk.mount(home, 80 << 10)) {
            try (Rig rig = Rig.start(Rig.Setup.of(temporary, api))) {
                Pair.drop(drop("."), PAIRS);
                small.fill(4 << 10);
                rig.drain(Duration.ofMinutes(1));
                assertThat(rig.rows()).isEmpty();
                small.free();
                drained(rig);
            }
        }
    }

    @Test
    void a_ledger_on_a_full_tmpfs_sends_nothing_that_is_not_recorded() {
        Path home = temporary.resolve("home");
        try (SmallDisk small = SmallDisk.mount(home, 2 << 10)) {
            disk.free = Long.MAX_VALUE;
            try (Rig rig = rig()) {
                rig.scan();
                rig.check();
                small.fill(0);
                for (int i = 0; i < 40; i++) {
                    rig.sendOne();
                    rig.clock().advance(Duration.ofSeconds(10));
                }
                int asked = api.journal().entries().size();
                assertThat(asked).isLessThanOrEqualTo(2);
                small.free();
                drained(rig);
            }
        }
    }

    @Test
    void a_home_on_a_tmpfs_that_is_full_while_checking_waits() {
        try (SmallDisk small = SmallDisk.mount(temporary.resolve("home"), 2 << 10)) {
            try (Rig rig = rig()) {
                rig.scan();
                small.fill(0);
                rig.drain(Duration.ofMinutes(2));
                assertThat(api.journal().entries()).isEmpty();
                assertThat(rig.rows()).noneMatch(row -> row.state().isFinal());
                small.free();
                drained(rig);
            }
        }
    }

    @Test
    void an_archive_on_a_read_only_tmpfs_sends_nothing_again() {
        Path archive = temporary.resolve("home").resolve("archive");
        try (SmallDisk small = SmallDisk.mount(archive, 512)) {
            try (Rig rig = rig()) {
                small.readOnly(true);
                rig.drain(Duration.ofMinutes(2));
                assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
                assertThat(rig.row("a.csv").settled()).isFalse();
                int asked = api.journal().entries().size();
                small.readOnly(false);
                drained(rig);
                assertThat(api.journal().entries()).hasSize(asked);
            }
        }
    }

    private void goesOnAfter(Predicate<Path> which) {
        try (Rig rig = rig()) {
            disk.fails = which;
            rig.drain(Duration.ofMinutes(3));
            assertThat(disk.refused).as("calls that failed").isPositive();
            assertThat(rig.rows()).noneMatch(row -> row.settled() && row.state() == ImportState.UNDELIVERABLE);
            drained(rig);
        }
    }

    private Rig rig() {
        Pair.drop(drop("."), PAIRS);
        return Rig.start(Rig.Setup.of(temporary, api).disk(disk));
    }

    private void drained(Rig rig) {
        disk.fails = path -> false;
        rig.drain(Duration.ofMinutes(10));
        assertThat(Oracle.violations(rig.setup().home(), drop("."), PAIRS, api)).isEmpty();
        assertThat(api.account().applied()).hasSize(2);
    }

    private static DropBoard.Sight sight(Rig rig) {
        return Objects.requireNonNull(rig.board().all().get("acme"));
    }

    private Path drop(String name) {
        return temporary.resolve("acme").resolve(name).normalize();
    }

    /** Fails as a full disk does, or one that may not be written. */
    private static final class Failing extends Disk {

        private Predicate<Path> fails = path -> false;
        private long free = Long.MAX_VALUE;
        private boolean elsewhere;
        private int refused;

        private void judge(Path path) throws IOException {
            if (fails.test(path)) {
                refused++;
                throw new FileSystemException(path.toString(), null, "No space left on device");
            }
        }

        @Override
        public long free(Path folder) {
            return free;
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            judge(folder);
            super.makeFolder(folder);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            judge(folder);
            super.forceFolder(folder);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (fails.test(to)) {
                refused++;
                throw new AccessDeniedException(to.toString());
            }
            if (elsewhere && to.endsWith("source.csv") && !from.toString().endsWith(".part")) {
                throw new java.nio.file.AtomicMoveNotSupportedException(from.toString(), to.toString(), null);
            }
            super.rename(from, to);
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            OutputStream out = super.create(file);
            return new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    judge(file);
                    out.write(bytes, from, count);
                }
            };
        }
    }
}
