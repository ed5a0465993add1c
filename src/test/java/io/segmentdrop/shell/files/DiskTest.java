package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the few calls that change the disk promise. */
class DiskTest {

    private final Disk disk = new Disk();

    @TempDir
    Path folder;

    private Path a;
    private Path b;

    @BeforeEach
    void names() {
        a = folder.resolve("a");
        b = folder.resolve("b");
    }

    @Test
    void aFolderIsOursAlone() throws IOException {
        Path home = folder.resolve("above/home");
        disk.makeFolder(home);
        disk.makeFolder(home);
        assertThat(rights(home)).isEqualTo("rwx------");
        assertThat(rights(folder.resolve("above"))).isEqualTo("rwx------");
    }

    @Test
    void theHomeHasItsFolders() throws IOException {
        Home home = new Home(folder.resolve("home"));
        disk.makeFolder(home.root());
        home.prepare(disk);
        for (String name : new String[] {"", "work", "archive", "dead-letter", "spool"}) {
            assertThat(rights(home.root().resolve(name))).as(name).isEqualTo("rwx------");
        }
    }

    @Test
    void aFolderIsNotMadeOverAFile() throws IOException {
        Files.createFile(a);
        assertThatThrownBy(() -> disk.makeFolder(a)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aLinkToAFolderWillDo() throws IOException {
        Files.createSymbolicLink(a, Files.createDirectory(b));
        assertThatCode(() -> disk.makeFolder(a)).doesNotThrowAnyException();
    }

    @Test
    void renamingNeverOverwrites() throws IOException {
        Files.writeString(a, "a");
        Files.writeString(b, "b");
        assertThatThrownBy(() -> disk.rename(a, b)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(a).hasContent("a");
        assertThat(b).hasContent("b");
    }

    @Test
    void renamingDoesNotOverwriteALinkThatLeadsNowhere() throws IOException {
        Files.writeString(a, "a");
        Files.createSymbolicLink(b, folder.resolve("nowhere"));
        assertThatThrownBy(() -> disk.rename(a, b)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void renamingMovesAWholeFolder() throws IOException {
        Files.writeString(Files.createDirectory(a).resolve("x"), "x");
        disk.rename(a, b);
        assertThat(b.resolve("x")).hasContent("x");
        assertThat(a).doesNotExist();
    }

    @Test
    void aNewFileIsOursAloneAndNew() throws IOException {
        try (OutputStream out = disk.create(a)) {
            out.write('a');
        }
        assertThat(rights(a)).isEqualTo("rw-------");
        assertThatThrownBy(() -> disk.create(a).close()).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(a).hasContent("a");
    }

    @Test
    void removingTakesTheLinkAlone() throws IOException {
        Files.writeString(a, "a");
        Files.createSymbolicLink(b, a);
        disk.remove(b);
        disk.remove(b);
        assertThat(a).hasContent("a");
        assertThat(Files.isSymbolicLink(b)).isFalse();
    }

    @Test
    void replacingSwapsTheWholeFileAndLeavesNothingBehind() throws IOException {
        Files.writeString(folder.resolve(".a.tmp"), "left by a kill");
        disk.replace(a, "one".getBytes(StandardCharsets.UTF_8));
        disk.replace(a, "two".getBytes(StandardCharsets.UTF_8));
        assertThat(a).hasContent("two");
        assertThat(folder).isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void replacingALinkDoesNotWriteThroughIt() throws IOException {
        Files.writeString(b, "b");
        Files.createSymbolicLink(a, b);
        disk.replace(a, "a".getBytes(StandardCharsets.UTF_8));
        assertThat(b).hasContent("b");
        assertThat(a).hasContent("a");
    }

    @Test
    void forcingDoesNotFollowALink() throws IOException {
        Files.createSymbolicLink(a, Files.createFile(b));
        assertThatThrownBy(() -> disk.forceFile(a)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.forceFolder(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatCode(() -> {
                    disk.forceFile(b);
                    disk.forceFolder(folder);
                })
                .doesNotThrowAnyException();
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
