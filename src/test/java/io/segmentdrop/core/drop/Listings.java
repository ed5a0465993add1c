package io.segmentdrop.core.drop;

import io.segmentdrop.core.drop.Entry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.provider.Arguments;

/** Entries for tests, and the tables of names. */
final class Listings {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");
    private static final Map<Character, Kind> MARKS = Map.of('/', Kind.DIRECTORY, '@', Kind.LINK, '?', Kind.OTHER);

    private Listings() {}

    static Entry file(String name) {
        return entry(name, Kind.FILE);
    }

    static Entry entry(String name, Kind kind) {
        return new Entry(name, kind, 10, 0, "1", 1, 0);
    }

    /** A name of a table: the mark at its end says the kind. */
    static Entry marked(String name) {
        Kind kind = MARKS.get(name.charAt(name.length() - 1));
        return kind == null
                ? file(unescape(name))
                : entry(unescape(name.substring(0, name.length() - 1)), Objects.requireNonNull(kind));
    }

    /** The rows of a table: without comments and blank lines, cut at the bars. */
    static List<Arguments> table(String name) {
        try (InputStream in = Objects.requireNonNull(Listings.class.getResourceAsStream("/catalogue/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arguments.of(
                            Arrays.stream(line.split("\\|")).map(String::strip).toArray()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> {
            char unit = (char) Integer.parseInt(match.group(1), 16);
            return unit == '\\' || unit == '$' ? "\\" + unit : String.valueOf(unit);
        });
    }

    /** A candidate as the table of pairings writes it. */
    static String say(Candidate candidate) {
        String names = candidate.entries().stream().map(Entry::name).collect(Collectors.joining(","));
        return switch (candidate) {
                    case Candidate.Pair p -> "pair";
                    case Candidate.LoneCsv l -> "lone-csv";
                    case Candidate.LoneSidecar l -> "lone-sidecar";
                    case Candidate.Ambiguous a -> "ambiguous:" + a.code();
                    case Candidate.Ignored i -> "ignored:" + i.code();
                }
                + "(" + names + ")";
    }
}
