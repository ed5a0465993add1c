package io.segmentdrop.shell.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
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
 * <p>One connection writes, so that writers queue in the JVM and never meet SQLite's busy state, and share commits
 * ({@link GroupCommit}); a few others read.
 */
public final class LedgerDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

    private static final int READERS = 8;

    /** More than there are different statements. */
    private static final int STATEMENTS = 250;

    private final LedgerFile file;
    private final BasicDataSource writer;
    private final BasicDataSource reader;
    private final JdbcClient write;
    private final JdbcClient look;
    private final JdbcClient read;
    private final GroupCommit commits;

    private LedgerDatabase(LedgerFile file, UnaryOperator<DataSource> around) {
        this.file = file;
        // the same few pages change with each import: copied into the ledger four times less often than SQLite would
        this.writer = pool(file.url(), 1, "pragma query_only = 0", "pragma wal_autocheckpoint = 4000");
        // a transaction is the only way to write
        this.reader = pool(file.url(), READERS, "pragma query_only = 1");
        DataSource written = around.apply(writer);
        this.write = JdbcClient.create(written);
        this.look = JdbcClient.create(around.apply(reader));
        this.read = JdbcClient.create(reader);
        this.commits = new GroupCommit(new TransactionTemplate(transactions(written)));
    }

    /** Opens the ledger of this home, which must exist; creates it if the home was never used. */
    public static LedgerDatabase open(Path home) {
        return open(home, source -> source);
    }

    /** The same; {@code around} is a seam for tests that watch the commits, or let one fail. */
    public static LedgerDatabase open(Path home, UnaryOperator<DataSource> around) {
        LedgerDatabase database = new LedgerDatabase(LedgerFile.claim(home), around);
        boolean opened = false;
        try {
            database.migrate();
            database.refuseNotDurable();
            database.file.markUsed();
            opened = true;
            return database;
        } catch (IOException | DataAccessException e) {
            throw new LedgerRefused(
                    "expected to write the ledger " + database.file.path() + ", found: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    private void migrate() {
        try {
            Flyway.configure(getClass().getClassLoader())
                    .dataSource(writer)
                    .locations("classpath:db/sqlite")
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new LedgerRefused(
                    "expected a ledger of this program's version in " + file.path()
                            + ", found one of a newer version; run the newer program",
                    e);
        } catch (FlywayException e) {
            throw new LedgerRefused(
                    "expected to bring the ledger " + file.path() + " up to date, found: " + e.getMessage(), e);
        }
    }

    /** Reads back what was asked for, since SQLite settles for less without a word. */
    private void refuseNotDurable() {
        Map<String, String> wanted = Map.of("journal_mode", "wal", "synchronous", "2", "foreign_keys", "1");
        wanted.forEach((pragma, value) -> {
            String found = pragma(pragma);
            if (!found.equalsIgnoreCase(value)) {
                throw new LedgerRefused("expected a durable ledger (" + pragma + "=" + value + ") in " + file.path()
                        + ", found " + pragma + "=" + found + "; put the home on a local disk");
            }
        });
    }

    /** What SQLite says of a setting of the connection that writes. */
    String pragma(String name) {
        return write.sql("pragma " + name).query(String.class).single();
    }

    private static DataSourceTransactionManager transactions(DataSource source) {
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(source);
        // otherwise a commit that failed would be done after all when the connection goes back
        transactions.setRollbackOnCommitFailure(true);
        return transactions;
    }

    private static BasicDataSource pool(String url, int size, String... first) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&foreign_keys=true&transaction_mode=IMMEDIATE");
        pool.setMaxTotal(size);
        pool.setMaxIdle(size);
        pool.setConnectionInitSqls(List.of(first));
        pool.setMaxWait(Duration.ofSeconds(30));
        // a file does not go away as a server does
        pool.setTestOnBorrow(false);
        // kept with the connection: SQLite takes as long to prepare most of our statements as to run them
        pool.setPoolPreparedStatements(true);
        pool.setMaxOpenPreparedStatements(STATEMENTS);
        return pool;
    }

    /** In a transaction its own connection, which also sees what was just written; outside of one it only reads. */
    JdbcClient write() {
        return commits.isInside() ? write : look;
    }

    /** Reads what is committed, for those who only want to know. */
    JdbcClient read() {
        return read;
    }

    /** Runs the work in one transaction, or as a part of the caller's; it is durable when the outermost one returns. */
    <T> T inTransaction(Supplier<T> work) {
        // null only if the work answers it
        return Objects.requireNonNull(commits.run(work));
    }

    void inTransaction(Runnable work) {
        commits.run(() -> {
            work.run();
            return true;
        });
    }

    /** Whether this says that the ledger does not answer, or cannot be written, rather than that we asked it nonsense. */
    public static boolean isUnavailable(Throwable fault) {
        return fault instanceof TransactionException
                || (fault instanceof DataAccessException && !(fault instanceof DataIntegrityViolationException));
    }

    /** Whether the ledger takes a write. */
    public enum Writable {
        YES,
        /** Another program holds its lock. */
        LOCKED,
        NO
    }

    /** Whether the ledger takes a write right now; waits as long as a writer does. */
    public Writable writable() {
        try {
            inTransaction(() -> {
                write.sql("update gate set probes = probes where name = ''").update();
            });
            return Writable.YES;
        } catch (DataAccessException | TransactionException e) {
            return LedgerFile.isLocked(NestedExceptionUtils.getMostSpecificCause(e)) ? Writable.LOCKED : Writable.NO;
        }
    }

    @Override
    public void close() {
        try (file;
                writer) {
            reader.close();
        } catch (SQLException e) {
            LOG.warn("The ledger's connections cannot be closed: {}", e.getMessage());
        }
    }
}
