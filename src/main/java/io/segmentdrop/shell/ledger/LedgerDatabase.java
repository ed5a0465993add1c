package io.segmentdrop.shell.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger's file, opened for one process: SQLite, WAL, {@code synchronous=FULL}, so that what was committed survives a
 * kill and a power cut. Refuses ({@link LedgerRefused}) to open a ledger that is not durable, damaged, newer than the
 * program, gone although the home was used before, or held by another process.
 *
 * <p>One connection writes, so that writers queue in the JVM and never meet SQLite's busy state; a few others read.
 */
public final class LedgerDatabase implements AutoCloseable {

    private static final String FILE = "ledger.db";
    private static final String MARKER = "installation";

    private final FileChannel lockFile;
    private final FileLock lock;
    private final HikariDataSource writer;
    private final HikariDataSource reader;
    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transaction;

    private LedgerDatabase(FileChannel lockFile, FileLock lock, Path file, UnaryOperator<DataSource> around) {
        this.lockFile = lockFile;
        this.lock = lock;
        this.writer = pool("ledger-write", file, 1);
        this.reader = pool("ledger-read", file, 4);
        DataSource written = around.apply(writer);
        this.write = JdbcClient.create(written);
        this.read = JdbcClient.create(reader);
        this.transaction = new TransactionTemplate(transactions(written));
    }

    /** Opens the ledger of this home, which must exist; creates it if the home was never used. */
    public static LedgerDatabase open(Path home) {
        return open(home, source -> source);
    }

    /** The same; {@code around} is a seam for tests that watch the commits, or let one fail. */
    public static LedgerDatabase open(Path home, UnaryOperator<DataSource> around) {
        Path file = home.resolve(FILE);
        @Nullable FileChannel channel = null;
        boolean opened = false;
        try {
            channel = FileChannel.open(
                    home.resolve("ledger.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockOf(channel, home);
            refuseMissing(home, file);
            LedgerDatabase database = new LedgerDatabase(channel, lock, file, around);
            database.prepare(home, file);
            opened = true;
            return database;
        } catch (IOException e) {
            throw new LedgerRefused(
                    "expected to open the ledger " + file + ", found: " + e.getMessage() + "; check the folder's rights",
                    e);
        } finally {
            if (!opened) {
                closeQuietly(channel);
            }
        }
    }

    private static FileLock lockOf(FileChannel channel, Path home) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // held inside this very process, which is refused the same way
        }
        throw new LedgerRefused("expected the home " + home
                + " for this process alone, found another segment-drop running on it; stop it or set"
                + " segment-drop.home");
    }

    private static void refuseMissing(Path home, Path file) {
        if (Files.exists(home.resolve(MARKER)) && !Files.exists(file)) {
            throw new LedgerRefused("expected the ledger " + file
                    + ", found none although this home was used before; restore it from a backup (a new empty ledger"
                    + " would send again what was sent), or remove " + home.resolve(MARKER) + " to begin anew");
        }
    }

    private void prepare(Path home, Path file) throws IOException {
        boolean prepared = false;
        try {
            refuseDamaged(file);
            migrate(file);
            refuseNotDurable(file);
            if (!Files.exists(home.resolve(MARKER))) {
                Files.writeString(
                        home.resolve(MARKER), "This home has a ledger. Do not remove one without the other.\n");
            }
            prepared = true;
        } catch (RuntimeException e) {
            if (e instanceof LedgerRefused) {
                throw e;
            }
            throw new LedgerRefused(
                    "expected a ledger in " + file
                            + ", found a file that is none or is damaged; restore it from a backup",
                    e);
        } finally {
            if (!prepared) {
                closePools();
            }
        }
    }

    private void refuseDamaged(Path file) {
        List<String> found = write.sql("pragma quick_check").query(String.class).list();
        if (!found.equals(List.of("ok"))) {
            throw new LedgerRefused("expected an intact ledger in " + file + ", found damage (quick_check: "
                    + found.getFirst() + "); restore it from a backup");
        }
    }

    private void migrate(Path file) {
        try {
            Flyway.configure(getClass().getClassLoader())
                    .dataSource(writer)
                    .locations("classpath:db/sqlite")
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new LedgerRefused(
                    "expected a ledger of this program's version in " + file
                            + ", found one of a newer version; run the newer program",
                    e);
        } catch (FlywayException e) {
            throw new LedgerRefused(
                    "expected to bring the ledger " + file + " up to date, found: " + e.getMessage(), e);
        }
    }

    private void refuseNotDurable(Path file) {
        Map<String, String> wanted = Map.of("journal_mode", "wal", "synchronous", "2", "foreign_keys", "1");
        wanted.forEach((pragma, value) -> {
            String found = write.sql("pragma " + pragma).query(String.class).single();
            if (!found.equalsIgnoreCase(value)) {
                throw new LedgerRefused("expected a durable ledger (" + pragma + "=" + value + ") in " + file
                        + ", found " + pragma + "=" + found + "; put the home on a local disk");
            }
        });
    }

    private static DataSourceTransactionManager transactions(DataSource source) {
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(source);
        // otherwise a commit that failed would be done after all when the connection goes back
        transactions.setRollbackOnCommitFailure(true);
        return transactions;
    }

    private static HikariDataSource pool(String name, Path file, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl("jdbc:sqlite:" + file
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&foreign_keys=true&transaction_mode=IMMEDIATE");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(30_000);
        return new HikariDataSource(config);
    }

    /** The one connection that writes; also for reads that must see what was just written in the same transaction. */
    JdbcClient write() {
        return write;
    }

    /** For reads that may come a moment late. */
    JdbcClient read() {
        return read;
    }

    /** Runs the work in one transaction; it is durable when this returns. */
    <T> T inTransaction(Supplier<T> work) {
        // the template answers null only if the work does
        return java.util.Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    void inTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    /** Whether this says that the ledger does not answer, or cannot be written, rather than that we asked it nonsense. */
    public static boolean isUnavailable(Throwable fault) {
        return fault instanceof TransactionException
                || (fault instanceof DataAccessException && !(fault instanceof DataIntegrityViolationException));
    }

    /** Whether the ledger can be written right now. */
    public boolean isWritable() {
        try {
            inTransaction(() -> {
                write.sql("update gate set probes = probes where name = ''").update();
            });
            return true;
        } catch (DataAccessException | TransactionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closePools();
        try {
            lock.release();
        } catch (IOException e) {
            // the process ends; the lock ends with it
        }
        closeQuietly(lockFile);
    }

    private void closePools() {
        reader.close();
        writer.close();
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written through it
            }
        }
    }
}
