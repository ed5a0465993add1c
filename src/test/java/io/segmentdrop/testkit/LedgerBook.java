package io.segmentdrop.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ledger says, read with plain SQL from outside of the program. */
public record LedgerBook(
        List<Import> imports, List<Chunk> allChunks, List<Attempt> allAttempts, List<String> events, long untold) {

    /** One import. */
    public record Import(
            long seq,
            String id,
            String drop,
            String file,
            String state,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String lane,
            @Nullable Long segment,
            long finishedAt) {

        boolean isInLaneOf(Import other) {
            return lane != null && lane.equals(other.lane);
        }

        boolean isDeadLetter() {
            return state.equals("REJECTED") || state.equals("UNDELIVERABLE") || state.equals("DISCARDED");
        }

        /** The day on which it ended. */
        String day() {
            return LocalDate.ofInstant(Instant.ofEpochMilli(finishedAt), ZoneOffset.UTC)
                    .toString();
        }
    }

    /** One chunk with rows. */
    public record Chunk(String importId, int number, String state, String sha256) {}

    /** One attempt at a chunk with rows. */
    public record Attempt(
            String importId, int chunk, @Nullable String outcome) {}

    /** Reads the ledger of this home; it may be in use. */
    public static LedgerBook of(Path home) {
        String url = "jdbc:sqlite:" + home.resolve("ledger.db") + "?busy_timeout=10000";
        try (Connection connection = DriverManager.getConnection(url)) {
            return new LedgerBook(
                    list(
                            connection,
                            "select seq, id, drop_name, file_name, state, code, reason, lane, segment, finished_at"
                                    + " from import order by seq",
                            row -> new Import(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7),
                                    row.getString(8),
                                    row.getObject(9) == null ? null : row.getLong(9),
                                    row.getLong(10))),
                    list(
                            connection,
                            "select import_id, number, state, sha256 from chunk where number > 0"
                                    + " order by import_id, number",
                            row -> new Chunk(row.getString(1), row.getInt(2), row.getString(3), row.getString(4))),
                    list(
                            connection,
                            "select import_id, chunk, outcome from attempt where chunk > 0 order by id",
                            row -> new Attempt(row.getString(1), row.getInt(2), row.getString(3))),
                    list(connection, "select kind || ': ' || detail from event order by id", row -> row.getString(1)),
                    list(
                                    connection,
                                    "select count(*) from import where told < revision or in_custody = 0",
                                    row -> row.getLong(1))
                            .getFirst());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next time after this one at which the ledger has something to be done; empty if there is none. */
    public static Optional<Instant> due(Path home, Instant now) {
        String url = "jdbc:sqlite:" + home.resolve("ledger.db") + "?busy_timeout=10000";
        try (Connection connection = DriverManager.getConnection(url)) {
            return list(connection, """
                select min(at) from (
                    select c.not_before as at from chunk c join import i on i.id = c.import_id
                        where i.state = 'READY' and c.state in ('PLANNED', 'IN_DOUBT')
                    union all select not_before from import where state = 'TAKEN'
                    union all select tell_at from import where told < revision
                    union all select probe_at from gate
                        where exists (select 1 from import where state = 'READY'))
                where at > %d
                """.formatted(now.toEpochMilli()), row -> row.getLong(1)).stream()
                    .filter(at -> at > 0)
                    .findFirst()
                    .map(Instant::ofEpochMilli);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> list(Connection connection, String sql, Reader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        }
    }

    /** The imports of a file, by the order of taking. */
    public List<Import> imports(String file) {
        return imports.stream().filter(one -> one.file().equals(file)).toList();
    }

    /** The chunks of an import, by their numbers. */
    public List<Chunk> chunks(String importId) {
        return allChunks.stream()
                .filter(chunk -> chunk.importId().equals(importId))
                .toList();
    }

    /** The attempts at an import. */
    public long attempts(String importId) {
        return allAttempts.stream()
                .filter(attempt -> attempt.importId().equals(importId))
                .count();
    }
}
