package io.segmentdrop.testkit;

import io.segmentdrop.sandbox.StandInApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a program has left at one moment, to be compared with another.
 *
 * @param files with their contents, and folders; those of the ledger are left out
 * @param rows what is committed in the ledger, by table
 * @param requests how many the API has seen
 */
public record Left(Map<Path, String> files, Map<String, List<String>> rows, int requests) {

    /** What is there now; the ledger may be in use. */
    public static Left by(Path home, Path drop, StandInApi api) {
        Map<Path, String> files = new TreeMap<>(files(drop));
        files.putAll(files(home));
        return new Left(
                files, rows(home.resolve("ledger.db")), api.journal().entries().size());
    }

    private static Map<Path, String> files(Path folder) {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.toList()) {
                if (Files.isDirectory(one)) {
                    found.put(one, "folder");
                } else if (!String.valueOf(one.getFileName()).startsWith("ledger.db")) {
                    found.put(one, Files.readString(one, StandardCharsets.ISO_8859_1));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> rows(Path ledger) {
        Map<String, List<String>> found = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger)) {
            for (String table : texts(connection, "select name from sqlite_master where type = 'table'")) {
                found.put(table, texts(connection, "select * from " + table));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                found.add(String.join("|", row));
            }
        }
        return found;
    }
}
