package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pair that a test drops, and what is to become of it. Its sidecar proves the CSV, so that it is taken at once.
 *
 * @param file the CSV's name
 * @param kind what its sidecar asks for
 * @param rows the addresses
 * @param more further members of the sidecar, in JSON, with a comma before each; or nothing
 */
public record Pair(String file, long segment, Kind kind, List<String> rows, String more) {

    /** What a sidecar asks for. */
    public enum Kind {
        /** To add people: may be sent again whenever that is in doubt. */
        ADDS("\"clear\": false"),
        /** To replace everybody. */
        CLEARS("\"clear\": true"),
        /** To start a campaign effort: never sent again by itself when in doubt. */
        CAMPAIGN("\"clear\": false, \"activeStatus\": true, \"sourceCampaign\": 90"),
        /** Something that is refused. */
        BROKEN("\"claer\": false");

        private final String json;

        Kind(String json) {
            this.json = json;
        }
    }

    public Pair {
        rows = List.copyOf(rows);
    }

    public static Pair adds(String file, long segment, String... rows) {
        return new Pair(file, segment, Kind.ADDS, List.of(rows), "");
    }

    public static Pair clears(String file, long segment, String... rows) {
        return new Pair(file, segment, Kind.CLEARS, List.of(rows), "");
    }

    public static Pair campaign(String file, long segment, String... rows) {
        return new Pair(file, segment, Kind.CAMPAIGN, List.of(rows), "");
    }

    public static Pair broken(String file, long segment, String... rows) {
        return new Pair(file, segment, Kind.BROKEN, List.of(rows), "");
    }

    /** The same with more in its sidecar. */
    public Pair saying(String json) {
        return new Pair(file, segment, kind, rows, more + ", " + json);
    }

    /** A row tells by its second column which pair brought it, so that a wrong order shows. */
    public String csv() {
        return "email,varr_from\n"
                + rows.stream().map(row -> row + "," + file + "\n").collect(Collectors.joining());
    }

    public String sidecar() {
        byte[] bytes = csv().getBytes(UTF_8);
        return "{\"segment\": %d, %s, \"bytes\": %d, \"sha256\": \"%s\"%s}"
                .formatted(segment, kind.json, bytes.length, Dropper.sha256(bytes), more);
    }

    /** Drops the pair; each file is whole when its name appears. */
    public void into(Path drop, Instant mtime) {
        whole(drop, file, csv(), mtime);
        whole(drop, file + ".json", sidecar(), mtime);
    }

    /** Drops pairs, one after the other by their times. */
    public static void drop(Path drop, List<Pair> pairs) {
        Instant mtime = Instant.parse("2026-02-01T00:00:00Z");
        for (Pair pair : pairs) {
            mtime = mtime.plusSeconds(1);
            pair.into(drop, mtime);
        }
    }

    /** One file that is whole when its name appears. */
    public static void whole(Path drop, String name, String content, Instant mtime) {
        try {
            Files.createDirectories(drop);
            Path growing = Files.writeString(drop.resolve(".growing.part"), content);
            Files.setLastModifiedTime(growing, FileTime.from(mtime));
            Files.move(growing, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many addresses that no other seed has. */
    public static String[] people(String seed, int many) {
        return Stream.iterate(1, n -> n + 1)
                .limit(many)
                .map(n -> seed + n + "@example.com")
                .toArray(String[]::new);
    }
}
