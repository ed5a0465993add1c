package io.segmentdrop.shell.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's file, claimed by one process. Promise: it lies on a local disk, no other process has it, it is intact, and a
 * home that was used before never begins anew with an empty ledger, which would send again what was sent.
 */
final class LedgerFile implements AutoCloseable {

    private static final String NAME = "ledger.db";
    private static final String LOCK = "ledger.lock";
    private static final String MARKER = "installation";
    private static final Pattern NETWORK = Pattern.compile(
            "nfs\\d*|cifs|smb\\w*|ncpfs|afs|ceph|lustre|davfs|fuse\\.(sshfs|ceph|glusterfs|davfs2?|rclone|s3fs)");
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final int CANNOT_OPEN = 14;
    private static final int BUSY = 5;

    private final Path home;
    private final FileChannel channel;

    private LedgerFile(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Claims the ledger of this home, which must exist; until {@link #close} nobody else gets it.
     *
     * @throws LedgerRefused if it cannot be trusted; {@link LedgerTaken} if another process has it
     */
    static LedgerFile claim(Path home) {
        try {
            refuseNetwork(home, Files.getFileStore(home).type());
            FileChannel channel = open(home.resolve(LOCK));
            LedgerFile file = new LedgerFile(home, channel);
            try {
                file.lock();
                file.refuseMissing();
                file.makeOurs();
                file.refuseUnreadable();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
            return file;
        } catch (IOException e) {
            throw new LedgerRefused(
                    "expected to open the ledger in " + home + ", found: " + e.getMessage()
                            + "; check the rights of the folder and of what is in it",
                    e);
        }
    }

    /** Refuses file systems on which a lock or a forced write is only a hope. */
    static void refuseNetwork(Path home, String type) {
        if (NETWORK.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
            throw new LedgerRefused(
                    "expected the home " + home + " on a local disk, found the network file system " + type
                            + ", which keeps neither locks nor what was written; set segment-drop.home to a local"
                            + " folder");
        }
    }

    private void lock() throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // held inside this very process, which is refused the same way
        }
        throw new LedgerTaken(home);
    }

    private void refuseMissing() throws IOException {
        boolean isThere = Files.exists(path()) && Files.size(path()) > 0;
        if (!isThere && Files.exists(home.resolve(MARKER))) {
            throw new LedgerRefused("expected the ledger " + path()
                    + ", found none although this home was used before; restore it from a backup (a new empty ledger"
                    + " would send again what was sent), or remove " + home.resolve(MARKER) + " to begin anew");
        }
    }

    /** SQLite would make the ledger as open as the umask lets it, and gives its companions the rights that the ledger has. */
    private void makeOurs() throws IOException {
        if (!Files.exists(path())) {
            open(path()).close();
        }
        for (String name : List.of(LOCK, MARKER, NAME, NAME + "-wal", NAME + "-shm")) {
            Path file = home.resolve(name);
            if (Files.exists(file) && !OURS_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OURS_ALONE);
            }
        }
    }

    /** For writing; made if it is missing. */
    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OURS_ALONE));
    }

    /** One plain connection tells at once what a pool would try for long. */
    private void refuseUnreadable() throws IOException {
        if (Files.exists(path()) && !Files.isWritable(path())) {
            throw new IOException(path() + " cannot be written");
        }
        try (Connection connection = DriverManager.getConnection(url());
                Statement check = connection.createStatement();
                ResultSet found = check.executeQuery("pragma quick_check(1)")) {
            String first = found.getString(1);
            if (!first.equals("ok")) {
                throw damaged("damage (" + first + ")", null);
            }
        } catch (SQLException e) {
            switch (code(e)) {
                case CANNOT_OPEN -> throw new IOException(path() + " cannot be opened", e);
                case BUSY -> throw new IOException(path() + " is locked by another program", e);
                default -> throw damaged("a file that is none or is damaged", e);
            }
        }
    }

    /** The lowest byte is SQLite's result code, the others say more. */
    private static int code(SQLException fault) {
        return fault.getErrorCode() & 0xFF;
    }

    /** Whether this says that another program holds the ledger's lock. */
    static boolean isLocked(Throwable fault) {
        return fault instanceof SQLException answer && code(answer) == BUSY;
    }

    private LedgerRefused damaged(String found, @Nullable SQLException cause) {
        return new LedgerRefused(
                "expected an intact ledger in " + path() + ", found " + found + "; restore it from a backup", cause);
    }

    Path path() {
        return home.resolve(NAME);
    }

    /** The JDBC address without settings. */
    String url() {
        return "jdbc:sqlite:" + path();
    }

    /** Records that this home has a ledger from now on. */
    void markUsed() throws IOException {
        if (!Files.exists(home.resolve(MARKER))) {
            open(home.resolve(MARKER)).close();
            Files.writeString(home.resolve(MARKER), "This home has a ledger. Do not remove one without the other.\n");
        }
    }

    /** Lets others have the ledger. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the lock ends with the process at the latest
        }
    }
}
