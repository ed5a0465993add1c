package io.segmentdrop.bench;

import static io.segmentdrop.bench.Findings.median;

import io.segmentdrop.core.split.Digests;
import io.segmentdrop.testkit.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two jars in one run, a round of the one after a round of the other, so that both have the same machine: {@code
 * -Dbench.other=…/target/segment-drop.jar} is an older commit's, with its {@code routes} beside {@code target}. Each figure is
 * the new jar's and its ratio to the other's. {@code -Dbench.rounds} (5), {@code -Dbench.large} (200, megabytes), {@code
 * -Dbench.pairs} (1,000).
 */
public final class SideBySide {

    private static final int WARM = 200;
    private static final int ALONE = 100;
    private static final double WORSE = 1.1;

    /** What is measured, smaller is better. */
    private enum Figure {
        START("start to ready", "s"),
        IDLE("resident memory, idle", "MB"),
        ALONE("one small pair, rename to accepted, half of them within", "ms"),
        MANY("many small pairs, drop to last receipt", "s"),
        LARGE("a large file, drop to last chunk accepted", "s");

        private final String words;
        private final String unit;

        Figure(String words, String unit) {
            this.words = words;
            this.unit = unit;
        }
    }

    private final Path folder;
    private final Sink sink;
    private final int rounds = Integer.getInteger("bench.rounds", 5);
    private final int pairs = Integer.getInteger("bench.pairs", 1000);
    private final long large = Long.getLong("bench.large", 200) * 1_000_000;
    private int trials;

    private SideBySide(Path folder, Sink sink) {
        this.folder = folder;
        this.sink = sink;
    }

    public static void main(String[] arguments) throws Exception {
        Path other = Path.of(System.getProperty("bench.other")).toAbsolutePath();
        Path ours = Path.of("target", "segment-drop.jar").toAbsolutePath();
        Path folder = Files.createTempDirectory("side-by-side");
        try (Sink sink = new Sink()) {
            new SideBySide(folder, sink).run(other, ours);
        } finally {
            Trial.remove(folder);
        }
    }

    private void run(Path other, Path ours) throws Exception {
        Map<Figure, List<Double>> before = empty();
        Map<Figure, List<Double>> after = empty();
        Path rows = BenchFile.CLEAN.write(folder, large);
        // the first round is not counted: the machine's own caches are cold
        for (int round = -1; round < rounds; round++) {
            Map<Figure, Double> first = round(other, rows);
            Map<Figure, Double> second = round(ours, rows);
            if (round >= 0) {
                first.forEach((figure, value) -> of(before, figure).add(value));
                second.forEach((figure, value) -> of(after, figure).add(value));
            }
        }
        Findings.title("this jar, median of " + rounds + "; then against the other, median of the rounds' ratios");
        for (Figure figure : Figure.values()) {
            Findings.just(figure.words, median(of(after, figure)), figure.unit);
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                ratios.add(of(after, figure).get(i) / of(before, figure).get(i));
            }
            Findings.atMost("  against the other", median(ratios), WORSE, "times");
        }
    }

    private static List<Double> of(Map<Figure, List<Double>> all, Figure figure) {
        return Objects.requireNonNull(all.get(figure));
    }

    private static Map<Figure, List<Double>> empty() {
        Map<Figure, List<Double>> all = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            all.put(figure, new ArrayList<>());
        }
        return all;
    }

    private Map<Figure, Double> round(Path jar, Path rows) throws Exception {
        Map<Figure, Double> found = new EnumMap<>(Figure.class);
        Path place = folder.resolve("trial-" + trials++);
        Path routes = jar.resolve("../../routes").normalize();
        Server.Setup setup =
                Trial.setup(place, sink, 4).jar(jar).flags("-Xmx256m").with("segment-drop.routes", "'" + routes + "'");
        sink.after(Duration.ZERO);
        long begun = System.nanoTime();
        try (Trial trial = Trial.start(setup)) {
            found.put(Figure.START, (System.nanoTime() - begun) / 1e9);
            found.put(Figure.IDLE, trial.resident());
            all(trial, "warm", WARM);
            found.put(Figure.ALONE, alone(trial));
            found.put(Figure.MANY, all(trial, "many", pairs));
            found.put(Figure.LARGE, large(trial, rows));
        }
        Trial.remove(place);
        return found;
    }

    private double alone(Trial trial) throws Exception {
        List<Double> millis = new ArrayList<>();
        sink.after(Duration.ZERO);
        for (Path csv : Trial.pairs(folder.resolve("alone-" + trials), "alone", ALONE, 1)) {
            long begun = trial.complete(csv);
            millis.add((sink.until(millis.size() + 1L) - begun) / 1e6);
            trial.delivered(csv);
        }
        return median(millis);
    }

    /** How long many pairs take, in seconds. */
    private double all(Trial trial, String seed, int count) throws Exception {
        List<Path> ready = Trial.pairs(folder.resolve(seed + "-" + trials), seed, count, 4);
        sink.after(Duration.ZERO);
        long begun = System.nanoTime();
        for (Path csv : ready) {
            trial.drop(csv);
        }
        sink.until(count);
        ready.forEach(trial::delivered);
        return (System.nanoTime() - begun) / 1e9;
    }

    private double large(Trial trial, Path rows) throws Exception {
        Path copy = Files.copy(
                rows, Files.createDirectories(folder.resolve("large-" + trials)).resolve("large.csv"));
        MessageDigest digest = Digests.sha256();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(copy), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        Path csv = Trial.proven(copy, 1, HexFormat.of().formatHex(digest.digest()));
        sink.after(Duration.ZERO);
        long begun = trial.drop(csv);
        trial.delivered(csv);
        return (sink.last() - begun) / 1e9;
    }
}
