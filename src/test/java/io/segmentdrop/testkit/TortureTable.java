package io.segmentdrop.testkit;

import io.segmentdrop.testkit.Oracle.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many scenarios of one kind ran through the oracle, and how often each promise was broken. Each kind leaves its counts
 * in {@code target/torture}, so that the table printed last, by whichever JVM, is that of the whole run.
 */
public final class TortureTable {

    private static final Path FOLDER = Path.of("target", "torture", System.getProperty("segment-drop.run", "alone"));
    private static final String SCENARIOS = "SCENARIOS";

    private final String kind;
    private final Map<Promise, Integer> broken = new EnumMap<>(Promise.class);
    private int scenarios;

    public TortureTable(String kind) {
        this.kind = kind;
    }

    /** One more scenario. */
    public synchronized void add(List<Oracle.Violation> violations) {
        scenarios++;
        violations.forEach(violation -> broken.merge(violation.promise(), 1, Integer::sum));
    }

    /** No more scenarios come. In the long form this prints the table of all kinds that have ended until now. */
    public synchronized void end() {
        if (!Torture.LONG) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Files.write(
                    FOLDER.resolve(kind),
                    Stream.concat(
                                    Stream.of(SCENARIOS + " " + scenarios),
                                    broken.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()))
                            .toList());
            System.out.println(table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table() throws IOException {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        try (Stream<Path> kinds = Files.list(FOLDER)) {
            for (Path one : kinds.toList()) {
                counts.put(String.valueOf(one.getFileName()), counts(one));
            }
        }
        StringBuilder text = new StringBuilder("%-36s %9s %10s%n".formatted("promise", "scenarios", "violations"));
        for (Promise promise : Promise.values()) {
            String words = promise.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            text.append("%-36s %9d %10d%n".formatted(words, sum(counts, SCENARIOS), sum(counts, promise.name())));
        }
        return text + "of "
                + counts.entrySet().stream()
                        .map(one -> one.getValue().get(SCENARIOS) + " " + one.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, Integer> counts(Path kind) throws IOException {
        return Files.readAllLines(kind).stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
    }

    private static int sum(Map<String, Map<String, Integer>> counts, String key) {
        return counts.values().stream()
                .mapToInt(one -> one.getOrDefault(key, 0))
                .sum();
    }
}
