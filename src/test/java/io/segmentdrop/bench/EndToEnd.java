package io.segmentdrop.bench;

import static io.segmentdrop.bench.Findings.median;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The real program from the drop to the last chunk accepted, on a sink that accepts at once: large files, many small pairs,
 * many lanes, one pair alone, memory and start-up, each beside its goal. {@code -Dbench.large} is the large files' size in
 * megabytes (200), {@code -Dbench.pairs} how many small pairs (1,000), {@code -Dbench.rounds} how often the large ones (5). It
 * runs {@code target/segment-drop.jar}.
 */
public final class EndToEnd {

    private static final int LOOP = 200;
    private static final int ALONE = 200;
    private static final int LANES = 100;

    private final Path folder;
    private final Sink sink;
    private final int pairs = Integer.getInteger("bench.pairs", 1000);

    EndToEnd(Path folder, Sink sink) {
        this.folder = folder;
        this.sink = sink;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("end-to-end");
        try (Sink sink = new Sink()) {
            EndToEnd bench = new EndToEnd(folder, sink);
            LargeFiles large = new LargeFiles(folder, sink);
            large.oneAfterAnother();
            large.fourLanes();
            bench.manyPairs();
            bench.manyLanes();
            bench.onePair();
            new Starts(folder, sink).run();
        } finally {
            Trial.remove(folder);
        }
    }

    void manyPairs() throws Exception {
        Findings.title(pairs + " small pairs of 20 rows, 4 lanes, to all accepted");
        try (Trial trial =
                Trial.start(Trial.setup(folder.resolve("many"), sink, 4).flags("-Xmx256m"))) {
            all(trial, Trial.pairs(folder.resolve("warm"), "warm", LOOP, 4));
            Path sample = folder.resolve("sample");
            Trial.pairs(sample, "sample", LOOP, 1);
            double before = loop(sample);
            trial.forgetPeak();
            double ours = all(trial, Trial.pairs(folder.resolve("ready"), "pair", pairs, 4));
            double after = loop(sample);
            Findings.atLeast("pairs a second", ours, 500, "pairs/s");
            Findings.atLeast(
                    "against a loop of curl (of " + LOOP + " files, before and after)",
                    ours / median(List.of(before, after)),
                    4,
                    "times");
            Findings.just("peak resident memory", trial.peak(), "MB");
        }
    }

    /** A second how many files the loop sends. */
    private double loop(Path sample) throws Exception {
        long begun = System.nanoTime();
        long sent = new Shell(sink.after(Duration.ZERO)).loop(sample);
        if (sent != LOOP) {
            throw new IllegalStateException("expected " + LOOP + " files sent, found " + sent);
        }
        return sent * 1e9 / (System.nanoTime() - begun);
    }

    /** A second how many pairs are accepted. */
    private double all(Trial trial, List<Path> ready) throws Exception {
        return all(trial, ready, Duration.ZERO);
    }

    private double all(Trial trial, List<Path> ready, Duration latency) throws Exception {
        sink.after(latency);
        long begun = System.nanoTime();
        for (Path csv : ready) {
            trial.drop(csv);
        }
        long ended = sink.until(ready.size());
        ready.forEach(trial::delivered);
        if (sink.accepted() != ready.size()) {
            throw new IllegalStateException("expected each pair once, found " + sink.accepted());
        }
        return ready.size() * 1e9 / (ended - begun);
    }

    void manyLanes() throws Exception {
        int count = Math.min(pairs, 10 * LANES);
        Findings.title(count + " small pairs, " + LANES + " lanes, as many workers, answers after 20 ms");
        var setup = Trial.setup(folder.resolve("lanes"), sink, LANES)
                .flags("-Xmx256m")
                .with("segment-drop.send.workers", "" + LANES);
        try (Trial trial = Trial.start(setup)) {
            all(trial, Trial.pairs(folder.resolve("lanes-warm"), "warm", LOOP, LANES));
            trial.forgetPeak();
            double ours =
                    all(trial, Trial.pairs(folder.resolve("lanes-ready"), "pair", count, LANES), Duration.ofMillis(20));
            Findings.just("pairs a second", ours, "pairs/s");
            Findings.just("requests open at once, at most", sink.mostOpen(), "");
            Findings.just("peak resident memory", trial.peak(), "MB");
        }
    }

    void onePair() throws Exception {
        Findings.title("one small pair with a proof, rename to accepted, " + ALONE + " times");
        try (Trial trial =
                Trial.start(Trial.setup(folder.resolve("alone"), sink, 1).flags("-Xmx256m"))) {
            all(trial, Trial.pairs(folder.resolve("alone-warm"), "warm", LOOP, 1));
            List<Double> millis = new ArrayList<>();
            sink.after(Duration.ZERO);
            for (Path csv : Trial.pairs(folder.resolve("alone-ready"), "pair", ALONE, 1)) {
                long begun = trial.complete(csv);
                millis.add((sink.until(millis.size() + 1L) - begun) / 1e6);
                trial.delivered(csv);
            }
            Findings.atMost("half of them within", median(millis), 20, "ms");
            Findings.atMost("99 of 100 within", Findings.share(millis, 0.99), 100, "ms");
        }
    }
}
