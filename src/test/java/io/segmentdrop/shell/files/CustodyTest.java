package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.testkit.NeedsProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A take happens once, whatever interrupts it, and touches nothing but regular files. */
class CustodyTest {

    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private Path drop;
    private Path home;
    private Path work;

    @BeforeEach
    void fill() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        home = Files.createDirectory(folder.resolve("home"));
        work = home.resolve("work/A");
        write("vips.csv", "email\na@example.com\n");
        write("vips.csv.json", "{}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesBothFilesWhole(boolean copies) throws IOException {
        Files.setLastModifiedTime(drop.resolve("vips.csv"), FileTime.fromMillis(1_700_000_000_123L));

        assertThat(take(BreakingDisk.whole(copies), pair())).isEqualTo(Custody.Result.TAKEN);

        assertTaken();
        assertThat(Files.getLastModifiedTime(work.resolve("source.csv")).toMillis())
                .isEqualTo(1_700_000_000_123L);
    }

    @Test
    void takesFromAnotherFileSystem() throws IOException {
        Assumptions.assumeTrue(isAnotherFileSystem(), "needs a second file system at " + OTHER_FILE_SYSTEM);
        drop = Files.createTempDirectory(OTHER_FILE_SYSTEM, "segment-drop-test");
        try {
            write("vips.csv", "email\na@example.com\n");
            write("vips.csv.json", "{}");
            assertThat(take(new Disk(), pair())).isEqualTo(Custody.Result.TAKEN);
            assertTaken();
        } finally {
            Files.delete(drop);
        }
    }

    private boolean isAnotherFileSystem() throws IOException {
        if (!Files.isDirectory(OTHER_FILE_SYSTEM)) {
            return false;
        }
        FileStore other = Files.getFileStore(OTHER_FILE_SYSTEM);
        return !other.equals(Files.getFileStore(folder));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void isFinishedAfterAKillAtAnyCall(boolean copies, boolean after) throws IOException {
        int kills = 0;
        for (boolean ended = true; ended; kills++) {
            List<Custody.Item> items = pair();
            ended = isEnded(new BreakingDisk(kills + 1, after, copies), items);
            assertThat(take(BreakingDisk.whole(copies), items)).isEqualTo(Custody.Result.TAKEN);
            assertTaken();
            clear();
            fill();
        }
        assertThat(kills).as("calls that were tried").isGreaterThan(copies ? 12 : 6);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isFinishedAfterKillsAtEachCallInARow(boolean copies) throws IOException {
        List<Custody.Item> items = pair();
        int call = 1;
        while (isEnded(new BreakingDisk(call, true, copies), items)) {
            call++;
        }
        assertTaken();
    }

    private boolean isEnded(Disk disk, List<Custody.Item> items) throws IOException {
        try {
            take(disk, items);
            return false;
        } catch (BreakingDisk.Ended e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips.csv", "vips.csv.json"})
    void takesNothingIfAFileChanged(String changed) throws IOException {
        List<Custody.Item> items = pair();
        write(changed, "something else that was uploaded meanwhile");

        assertThat(take(new Disk(), items)).isEqualTo(Custody.Result.UNDONE);

        assertThat(names(drop)).containsExactly("vips.csv", "vips.csv.json");
        assertThat(work).doesNotExist();
    }

    @Test
    void takesNothingIfAFileIsGone() throws IOException {
        List<Custody.Item> items = pair();
        Files.delete(drop.resolve("vips.csv"));
        assertThat(take(new Disk(), items)).isEqualTo(Custody.Result.UNDONE);
        assertThat(names(drop)).containsExactly("vips.csv.json");
    }

    @Test
    void anUnfinishedCopyOfAFileThatChangedLeavesNothing() throws IOException {
        List<Custody.Item> items = pair();
        Files.createDirectories(work);
        Files.writeString(work.resolve(".source.csv.part"), "ema");
        write("vips.csv", "something else that was uploaded meanwhile");

        assertThat(take(new Disk(), items)).isEqualTo(Custody.Result.UNDONE);
        assertThat(work).doesNotExist();
    }

    @Test
    void whatChangedAfterTheFirstFileWasTakenStays() throws IOException {
        List<Custody.Item> items = pair();
        Disk disk = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                write("vips.csv.json", "{ \"segment\": 8 }");
            }
        };
        assertThat(take(disk, items)).isEqualTo(Custody.Result.IN_PART);
        assertThat(names(work)).containsExactly("source.csv");
        assertThat(drop.resolve("vips.csv.json")).hasContent("{ \"segment\": 8 }");
        assertThat(take(new Disk(), items)).as("again").isEqualTo(Custody.Result.IN_PART);
    }

    @Test
    void aFileThatGrowsWhileItIsCopiedIsNotRemoved() throws IOException {
        List<Custody.Item> items = pair();
        Disk disk = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another file system");
            }

            @Override
            public OutputStream create(Path file) throws IOException {
                OutputStream out = super.create(file);
                write("vips.csv", "email\na@example.com\nb@example.com\n");
                return out;
            }
        };
        assertThatThrownBy(() -> take(disk, items))
                .isInstanceOf(IOException.class)
                .hasMessage("expected the file to stay as it was, found it changed while it was copied");
        assertThat(names(drop)).containsExactly("vips.csv", "vips.csv.json");
    }

    @Test
    void aDamagedCopyIsNotTrusted() throws IOException {
        List<Custody.Item> items = pair();
        Disk disk = new BreakingDisk(Integer.MAX_VALUE, false, true) {
            @Override
            public void forceFile(Path file) throws IOException {
                super.forceFile(file);
                if (String.valueOf(file.getFileName()).startsWith(".")) {
                    Files.writeString(file, "email\nb@example.com\n");
                }
            }
        };
        assertThatThrownBy(() -> take(disk, items))
                .hasMessage("expected the copy to equal its original, found other bytes; it is tried again");
        assertThat(take(BreakingDisk.whole(true), items)).isEqualTo(Custody.Result.TAKEN);
        assertTaken();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aLinkIsRemovedAndNeverFollowed(boolean after) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        int calls = 0;
        for (boolean ended = true; ended; calls++) {
            Files.delete(drop.resolve("vips.csv"));
            Files.createSymbolicLink(drop.resolve("vips.csv"), secret);
            List<Custody.Item> items = pair();
            ended = isEnded(new BreakingDisk(calls + 1, after, false), items);

            assertThat(take(new Disk(), items))
                    .as("killed at call %d", calls + 1)
                    .isEqualTo(Custody.Result.NO_FILE);
            assertThat(names(drop)).isEmpty();
            assertThat(names(work)).containsExactly("sidecar.json", "source.csv.removed");
            assertThat(secret).hasContent("secret");
            clear();
            fill();
        }
        assertThat(calls).isGreaterThan(5);
    }

    @Test
    @NeedsProgram("/usr/bin/mkfifo")
    void aPipeIsRemovedAndNeverOpened() throws IOException, InterruptedException {
        Files.delete(drop.resolve("vips.csv.json"));
        Path pipe = drop.resolve("vips.csv.json");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(take(new Disk(), pair())).isEqualTo(Custody.Result.NO_FILE);

        assertThat(names(drop)).isEmpty();
        assertThat(names(work)).containsExactly("sidecar.json.removed", "source.csv");
        assertThat(work.resolve("sidecar.json.removed"))
                .hasContent("The entry in the drop was no regular file. It was removed and never opened.");
    }

    @Test
    void aFileIsOpenedOnlyIfItIsNoLink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), drop.resolve("vips.csv"));
        assertThatThrownBy(() -> Opener.stream(link).close()).isInstanceOf(IOException.class);
        assertThat(Custody.sha256(link)).isNull();
        assertThat(Custody.sha256(folder.resolve("none"))).isNull();
        assertThat(Custody.sha256(Files.createFile(folder.resolve("empty"))))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private Custody.Result take(Disk disk, List<Custody.Item> items) throws IOException {
        return new Custody(disk).take(drop, work, items);
    }

    private List<Custody.Item> pair() throws IOException {
        return List.of(item("vips.csv", "source.csv"), item("vips.csv.json", "sidecar.json"));
    }

    private Custody.Item item(String name, String as) throws IOException {
        return new Custody.Item(name, Mark.of(drop.resolve(name)).orElseThrow().text(), as);
    }

    private void write(String name, String content) throws IOException {
        Files.deleteIfExists(drop.resolve(name));
        Files.writeString(drop.resolve(name), content);
    }

    private void assertTaken() throws IOException {
        assertThat(names(drop)).isEmpty();
        assertThat(names(work)).containsExactly("sidecar.json", "source.csv");
        assertThat(work.resolve("source.csv")).hasContent("email\na@example.com\n");
        assertThat(work.resolve("sidecar.json")).hasContent("{}");
    }

    private void clear() throws IOException {
        Path above = Objects.requireNonNull(work.getParent());
        for (Path file : List.<Path>of(work, above, home, drop)) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                for (String name : names(file)) {
                    Files.deleteIfExists(file.resolve(name));
                }
            }
            Files.deleteIfExists(file);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
