package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segmentdrop.testkit.NeedsProgramCondition;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The home is ours alone, whoever made it and whatever the umask was. */
class HomeTest {

    private static final int STRANGER = 54_321;

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void name() {
        root = folder.resolve("home");
    }

    @Test
    void anOpenHomeOfOursIsClosed() throws IOException {
        made("rwxr-xr-x");
        new Home(root).prepare(new Disk());
        assertThat(rights(root)).isEqualTo("rwx------");
    }

    @Test
    void aHomeThatIsALinkIsClosedWhereItLeads() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.createSymbolicLink(root, there);
        new Home(root).prepare(new Disk());
        assertThat(rights(there)).isEqualTo("rwx------");
    }

    @Test
    void anOpenHomeOfAnotherIsRefused() throws IOException {
        made("rwxr-xr-x");
        give(root);
        assertThatThrownBy(() -> new Home(root).prepare(new Disk()))
                .isInstanceOf(Home.Refused.class)
                .hasMessage("expected the home " + root
                        + " to be of segment-drop's user alone (rwx------), found rwxr-xr-x of " + STRANGER
                        + "; make that user its owner, or let segment-drop.home name a folder inside it, which is then"
                        + " made");
        assertThat(root).isEmptyDirectory();
        assertThat(rights(root)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void theLedgerAndItsCompanionsAreOursAlone() throws IOException {
        new Home(root).prepare(new Disk());
        try (TestLedger ledger = new TestLedger(root)) {
            ledger.taken("A", null);
            assertThat(rightsOfFiles())
                    .contains("ledger.db rw-------", "ledger.db-wal rw-------", "ledger.db-shm rw-------");
            assertThat(rightsOfFiles()).allMatch(file -> file.endsWith(" rw-------"));
        }
    }

    @Test
    void aLedgerThatAnEarlierVersionMadeIsClosed() throws IOException {
        new Home(root).prepare(new Disk());
        new TestLedger(root).close();
        for (String name : List.of("ledger.db", "ledger.lock", "installation")) {
            Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        try (TestLedger ledger = new TestLedger(root)) {
            ledger.taken("A", null);
            assertThat(rightsOfFiles()).hasSizeGreaterThanOrEqualTo(5).allMatch(file -> file.endsWith(" rw-------"));
        }
    }

    private void made(String rights) throws IOException {
        Files.createDirectory(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(rights));
    }

    private static void give(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", STRANGER);
        } catch (IOException e) {
            assumeTrue(false, NeedsProgramCondition.REASON + " chown, and the right (root's) to give a folder away");
        }
    }

    private List<String> rightsOfFiles() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName() + " " + rights(file))
                    .toList();
        }
    }

    private static String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
