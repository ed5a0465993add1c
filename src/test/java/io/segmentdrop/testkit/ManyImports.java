package io.segmentdrop.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A ledger with a past: so many imports of the last {@value #DAYS} days, as many on each day, of a few drops. */
public final class ManyImports {

    public static final int DAYS = 50;
    public static final int DROPS = 4;

    /** The rows of each import that were read and not rejected. */
    public static final long ROWS = 990;

    private static final String PROBLEMS =
            "[{\"code\":\"EMAIL_INVALID\",\"line\":17,\"column\":\"email\",\"message\":\"expected one address like"
                    + " name@example.com, found something else\"}]";

    private ManyImports() {}

    /** The file's name of the n-th import, from 0. */
    public static String file(int n) {
        return "list-of-%07d.csv".formatted(n);
    }

    /** Writes them into the ledger of this home, which nobody has open. The last one was taken now. */
    public static void write(Path home, int many, Instant now) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger.db"))) {
            connection.setAutoCommit(false);
            imports(connection, many, now);
            children(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void imports(Connection connection, int many, Instant now) throws SQLException {
        Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS - 1));
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into import (id, drop_name, file_name, state, code, reason, in_custody, sources, taken_at, changed_at,
                finished_at, lane, segment, request_id, sha256, options, fields, header, rows_read, rows_rejected, problems,
                problems_total, warnings, told, settled)
            values (?, ?, ?, ?, ?, ?, 1, '[]', ?, ?, ?, '7', 7, ?, ?, '{}', '[]', 'email' || char(10), 1000, 10, ?, 10, '[]', 1, 1)\
            """)) {
            for (int n = 0; n < many; n++) {
                String state = state(n);
                long day = (long) n * DAYS / many;
                // within the first minutes of a day, so that nothing was taken after now
                long at = first.plus(Duration.ofDays(day)).toEpochMilli() + n % 60_000;
                insert.setString(1, "01%024d".formatted(n));
                insert.setString(2, "drop-" + n % DROPS);
                insert.setString(3, file(n));
                insert.setString(4, state);
                insert.setString(5, code(state));
                insert.setString(6, state.equals("DELIVERED") ? null : "for a test");
                insert.setLong(7, at);
                insert.setLong(8, at);
                insert.setObject(9, state.equals("HELD") ? null : at);
                insert.setString(10, "r-" + n);
                insert.setString(11, "%064x".formatted(n));
                insert.setString(12, PROBLEMS);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void children(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("""
                insert into chunk (import_id, number, state, byte_offset, byte_length, row_count, sha256, attempts)
                select id, 1, 'ACCEPTED', 0, 50000, 990, sha256, 1 from import\
                """);
            statement.executeUpdate("""
                insert into attempt (import_id, chunk, number, started_at, ended_at, outcome, status)
                select id, 1, 1, taken_at, taken_at, 'accepted', 201 from import\
                """);
            statement.executeUpdate("""
                insert into event (at, import_id, drop_name, kind, detail, actor)
                select taken_at, id, drop_name, 'taken', file_name, 'segment-drop' from import\
                """);
        }
    }

    private static String state(int n) {
        if (n % 500 == 3) {
            return "HELD";
        }
        if (n % 100 == 7) {
            return "UNDELIVERABLE";
        }
        return n % 20 == 11 ? "REJECTED" : "DELIVERED";
    }

    private static @org.jspecify.annotations.Nullable String code(String state) {
        return switch (state) {
            case "HELD" -> "SEG_NOT_FOUND";
            case "UNDELIVERABLE" -> "API_REFUSED";
            case "REJECTED" -> "CSV_NOT_UTF8";
            default -> null;
        };
    }
}
