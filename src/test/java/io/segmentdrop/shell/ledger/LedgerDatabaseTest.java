package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.LedgerDatabase.Writable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a ledger worth trusting, and each reason not to open one, with its whole message. */
class LedgerDatabaseTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"journal_mode,wal", "synchronous,2", "foreign_keys,1", "busy_timeout,10000"})
    void isDurable(String pragma, String value) {
        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            assertThat(ledger.pragma(pragma)).isEqualTo(value);
        }
    }

    @Test
    void belongsToOneProcess() {
        try (LedgerDatabase first = LedgerDatabase.open(home)) {
            assertThat(first.writable()).isEqualTo(Writable.YES);
            assertThatThrownBy(() -> LedgerDatabase.open(home))
                    .isInstanceOf(LedgerTaken.class)
                    .hasMessage(
                            "expected the home " + home + " for this process alone, found another segment-drop running"
                                    + " on it; stop it or set segment-drop.home");
            assertThat(first.writable()).isEqualTo(Writable.YES);
        }
        assertThatCode(() -> LedgerDatabase.open(home).close()).doesNotThrowAnyException();
    }

    @Test
    void isNotWritableOnceClosed() {
        LedgerDatabase ledger = LedgerDatabase.open(home);
        ledger.close();
        assertThat(ledger.writable()).isEqualTo(Writable.NO);
    }

    @Test
    void remembersWhatWasCommitted() {
        use(1);
        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            assertThat(new Events(ledger).of("A")).hasSize(1);
        }
    }

    /** As the program of schema 5 left it, which was the last on Spring Boot 3 and Flyway 11. */
    @Test
    void anOlderLedgerIsOpenedAndBroughtUpToDate() throws Exception {
        Path dump = Path.of("src/test/resources/ledger/of-schema-5.sql");
        try (Connection older = DriverManager.getConnection("jdbc:sqlite:" + ledger());
                Statement statement = older.createStatement()) {
            statement.executeUpdate(Files.readString(dump));
        }

        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            Imports imports = new Imports(ledger, new Events(ledger));
            assertThat(new Browse(ledger).imports(null, null, null, Long.MAX_VALUE, Browse.MOST))
                    .extracting(ImportRow::fileName, ImportRow::state)
                    .containsExactly(
                            tuple("good.csv", ImportState.READY),
                            tuple("dry.csv", ImportState.CHECKED),
                            tuple("bad.csv", ImportState.REJECTED));
            assertThat(imports.chunks("01M8EP7KPY7EDF45GXNH1P3QCK"))
                    .singleElement()
                    .extracting(ChunkRow::state, ChunkRow::sameAttempt, ChunkRow::doubtAttempt)
                    .containsExactly(ChunkState.PLANNED, 1L, null);
        }
    }

    @Test
    void historyIsOnlyAppendedTo() {
        use(1);
        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            assertThatThrownBy(() -> ledger.inTransaction(() -> {
                        ledger.write().sql("update event set actor = 'x'").update();
                    }))
                    .hasMessageContaining("events are only appended");
        }
    }

    @Test
    void isNotBegunAnewInAUsedHome() throws IOException {
        use(1);
        Files.delete(ledger());
        assertRefused(missing());
    }

    @Test
    void anEmptyFileIsNoLedgerOfAUsedHome() throws IOException {
        use(1);
        Files.newByteChannel(ledger(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
        assertRefused(missing());
    }

    private String missing() {
        return "expected the ledger " + ledger() + ", found none although this home was used before; restore it from a"
                + " backup (a new empty ledger would send again what was sent), or remove "
                + home.resolve("installation") + " to begin anew";
    }

    @Test
    void begunAnewWhenAPersonSaysSo() throws IOException {
        use(1);
        Files.delete(ledger());
        Files.delete(home.resolve("installation"));
        assertThatCode(() -> use(1)).doesNotThrowAnyException();
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Files.writeString(ledger(), "email,varr_x\n".repeat(1000));
        assertRefused("expected an intact ledger in " + ledger()
                + ", found a file that is none or is damaged; restore it from a backup");
    }

    @Test
    void damagedPagesAreRefused() throws IOException {
        use(200);
        try (FileChannel file = FileChannel.open(ledger(), StandardOpenOption.WRITE)) {
            // the first page, which holds the schema, stays
            file.write(ByteBuffer.allocate((int) file.size() - 4096), 4096);
        }
        assertThatThrownBy(() -> LedgerDatabase.open(home))
                .isInstanceOf(LedgerRefused.class)
                .hasMessageStartingWith("expected an intact ledger in " + ledger() + ", found ")
                .hasMessageEndingWith("; restore it from a backup");
        assertThatCode(() -> Files.delete(home.resolve("ledger.lock"))).doesNotThrowAnyException();
    }

    @Test
    void aFolderInItsPlaceIsRefused() throws IOException {
        Files.createDirectory(ledger());
        assertRefused("expected to open the ledger in " + home + ", found: " + ledger()
                + " cannot be opened; check the rights of the folder and of what is in it");
    }

    @Test
    void anotherVersionsLedgerIsRefused() {
        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            ledger.inTransaction(() -> ledger.write().sql("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'test', 1, 1)\
                """).update());
        }
        assertRefused("expected a ledger of this program's version in " + ledger()
                + ", found one of a newer version; run the newer program");
        assertRefused("expected a ledger of this program's version in " + ledger()
                + ", found one of a newer version; run the newer program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "ceph", "NFS"})
    void aNetworkFileSystemIsRefused(String type) {
        assertThatThrownBy(() -> LedgerFile.refuseNetwork(Path.of("/srv/home"), type))
                .isInstanceOf(LedgerRefused.class)
                .hasMessage("expected the home /srv/home on a local disk, found the network file system " + type
                        + ", which keeps neither locks nor what was written; set segment-drop.home to a local folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk"})
    void aLocalOneIsNot(String type) {
        assertThatCode(() -> LedgerFile.refuseNetwork(home, type)).doesNotThrowAnyException();
    }

    private Path ledger() {
        return home.resolve("ledger.db");
    }

    private void use(int events) {
        try (LedgerDatabase ledger = LedgerDatabase.open(home)) {
            Events history = new Events(ledger);
            ledger.inTransaction(() -> {
                for (int i = 0; i < events; i++) {
                    history.add(Instant.EPOCH, "A", "acme", "taken", "x".repeat(100), "test");
                }
            });
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> LedgerDatabase.open(home))
                .isInstanceOf(LedgerRefused.class)
                .hasMessage(message);
    }
}
