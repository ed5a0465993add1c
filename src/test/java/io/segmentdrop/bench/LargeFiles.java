package io.segmentdrop.bench;

import static io.segmentdrop.bench.Findings.median;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.segmentdrop.core.split.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Large clean files, beside this process's own check of the same bytes and beside sending them unread. */
final class LargeFiles {

    private static final int SMALL_CHUNK = 10_000;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int LANES = 4;

    private final Path folder;
    private final Sink sink;
    private final long megabytes = Long.getLong("bench.large", 200);
    private final int rounds = Integer.getInteger("bench.rounds", 5);
    private int made;

    LargeFiles(Path folder, Sink sink) {
        this.folder = folder;
        this.sink = sink;
    }

    private interface Work {
        void run() throws Exception;
    }

    void oneAfterAnother() throws Exception {
        Findings.title(megabytes + " MB, drop to last chunk accepted, median of " + rounds);
        Path rows = BenchFile.CLEAN.write(folder, megabytes * 1_000_000);
        List<Double> toCheck = new ArrayList<>();
        List<Double> toPost = new ArrayList<>();
        try (Trial trial = Trial.start(Trial.setup(folder.resolve("large"), sink, 1))) {
            double idle = trial.resident();
            trial.forgetPeak();
            List<Double> seconds = new ArrayList<>();
            // the first round is not counted: nothing is compiled yet
            for (int round = -1; round < rounds; round++) {
                double check = onFresh(rows, file -> OwnCheck.run(file, folder.resolve("written")));
                double post = onFresh(rows, sink::post);
                double ours = dropped(trial, rows);
                if (round >= 0) {
                    seconds.add(ours);
                    toCheck.add(ours / check);
                    toPost.add(ours / post);
                }
            }
            Findings.just("seconds", median(seconds), "s");
            Findings.atMost("against our own check + fsync", median(toCheck), 1.4, spread(toCheck));
            Findings.atMost("against one unread POST + fsync", median(toPost), 6, spread(toPost));
            Findings.just("resident memory, idle", idle, "MB");
            Findings.atMost("peak while it runs, above that, at -Xmx128m", trial.peak() - idle, 30, "MB");
        }
        Files.delete(rows);
    }

    private static String spread(List<Double> ratios) {
        return String.format(Locale.ROOT, "times, %.2f .. %.2f", Findings.share(ratios, 0), Findings.share(ratios, 1));
    }

    private interface Job {
        void on(Path file) throws Exception;
    }

    /** How long a job takes on a file that was just written, until its bytes are on the disk too. */
    private double onFresh(Path rows, Job job) throws Exception {
        Path file = fresh(rows, 1);
        double seconds = seconds(() -> {
            job.on(file);
            force(file);
        });
        Trial.remove(folder.resolve("fresh"));
        return seconds;
    }

    private double dropped(Trial trial, Path rows) throws Exception {
        Path file = fresh(rows, 1);
        sink.after(Duration.ZERO);
        long begun = trial.drop(file);
        trial.delivered(file);
        return (sink.last() - begun) / 1e9;
    }

    /** As many files as lanes, in small chunks, so that what counts is the sink's latency. */
    void fourLanes() throws Exception {
        Findings.title("4 files of " + megabytes / LANES + " MB, 4 lanes, chunks of 10,000 rows, answers after 20 ms");
        Path rows = BenchFile.CLEAN.write(folder, megabytes * 1_000_000 / LANES);
        var setup =
                Trial.setup(folder.resolve("four"), sink, LANES).with("segment-drop.split.max-rows", "" + SMALL_CHUNK);
        try (Trial trial = Trial.start(setup)) {
            List<Double> ratios = new ArrayList<>();
            List<Double> seconds = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                double check = LANES * seconds(() -> OwnCheck.run(rows, folder.resolve("written")));
                List<Path> files = oneForEachLane(rows);
                sink.after(LATENCY);
                long begun = System.nanoTime();
                for (Path file : files) {
                    trial.drop(file);
                }
                long chunks = mostChunks(trial, files);
                double ours = (sink.last() - begun) / 1e9;
                if (round >= 0) {
                    seconds.add(ours);
                    ratios.add(ours / Math.max(check, chunks * LATENCY.toMillis() / 1e3));
                }
            }
            Findings.just("seconds", median(seconds), "s");
            Findings.atMost(
                    "against the longer of check and chunks of a lane x 20 ms", median(ratios), 1.25, spread(ratios));
        }
    }

    private List<Path> oneForEachLane(Path rows) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int lane = 1; lane <= LANES; lane++) {
            files.add(fresh(rows, lane));
        }
        return files;
    }

    private static long mostChunks(Trial trial, List<Path> files) {
        return files.stream()
                .map(trial::delivered)
                .mapToLong(receipt -> receipt.path("chunks").size())
                .max()
                .orElseThrow();
    }

    /** The rows, with one more that no other file has, and a sidecar that proves them. */
    private Path fresh(Path rows, int segment) throws IOException {
        String name = "large-" + made++;
        Path file = Files.createDirectories(folder.resolve("fresh")).resolve(name + ".csv");
        MessageDigest sha256 = Digests.sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
            Files.copy(rows, out);
            out.write((name + "@example.com,Ann,Oslo,12345,gold,VIP\n").getBytes(US_ASCII));
        }
        return Trial.proven(file, segment, HexFormat.of().formatHex(sha256.digest()));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static double seconds(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }
}
