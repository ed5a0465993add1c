package io.segmentdrop.bench;

import io.segmentdrop.core.split.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The check beside other ways to do the same job, all in one run, one after the other in each round; the table gives the
 * medians of the rounds and the goals beside them. {@code -Dbench.megabytes} is the files' size (60), {@code -Dbench.rounds}
 * how often (5). What counts are the ratios: the machine's own speed is in all of them.
 * Of the check, the thread that checks counts; a row and ratios of their own have what hashes beside it too.
 */
public final class Comparison {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER = 1 << 16;
    private static final String ALL_THREADS = "check, all threads";
    private static final String CURL = "awk + one curl";
    private static final String SPLIT = "split + a curl per chunk";
    private static final Set<String> PROGRAMS = Set.of("cp", "wc -l", "awk", CURL, SPLIT);

    private final Path folder;
    private final Shell shell;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private Comparison(Path folder, Sink sink) {
        this.folder = folder;
        this.shell = new Shell(sink);
    }

    private interface Work {
        long run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int megabytes = Integer.getInteger("bench.megabytes", 60);
        int rounds = Integer.getInteger("bench.rounds", 5);
        Path folder = Files.createTempDirectory("comparison");
        try (Sink sink = new Sink()) {
            Comparison comparison = new Comparison(folder, sink);
            Path clean = BenchFile.CLEAN.write(folder, megabytes * 1_000_000L);
            Path dirty = BenchFile.DIRTY.write(folder, megabytes * 1_000_000L);
            Path faults = BenchFile.FAULTS.write(folder, megabytes * 1_000_000L);
            for (int round = -1; round < rounds; round++) {
                comparison.round(clean, dirty, faults, round >= 0);
            }
            comparison.print(megabytes);
        } finally {
            Trial.remove(folder);
        }
    }

    /** The first round is not counted: the JVM has not compiled anything yet. */
    private void round(Path clean, Path dirty, Path faults, boolean counts) throws Exception {
        Path written = folder.resolve("written");
        time("count line ends", counts, () -> lines(clean));
        time("SHA-256 twice", counts, () -> hashes(clean));
        time("check", counts, () -> OwnCheck.run(clean, written));
        time("FastCSV check", counts, () -> Rival.fastCsv(clean));
        time("FastCSV check + write", counts, () -> Rival.fastCsvToFile(clean, written));
        time("Commons CSV check + write", counts, () -> Rival.commonsCsvToFile(clean, written));
        time("camel-csv per row", counts, () -> Rival.camelCsv(clean));
        time("check, 2 % faults", counts, () -> OwnCheck.run(dirty, written));
        time("FastCSV, 2 % faults", counts, () -> Rival.fastCsvToFile(dirty, written));
        time("check, all faults", counts, () -> OwnCheck.run(faults, written));
        time("cp", counts, () -> program("cp", clean.toString(), written.toString()));
        time("wc -l", counts, () -> program("wc", "-l", clean.toString()));
        time("awk", counts, () -> program("awk", "-F,", Shell.FAULTS, clean.toString()));
        time(CURL, counts, () -> shell.awkAndOneCurl(clean));
        time(SPLIT, counts, () -> shell.splitAndCurls(clean));
    }

    private void time(String name, boolean counts, Work work) throws Exception {
        long begin = processorTime();
        long hashing = OwnCheck.hashingTime();
        long wall = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException("expected rows for " + name);
        }
        boolean isProgram = PROGRAMS.contains(name);
        double taken = (isProgram ? System.nanoTime() - wall : processorTime() - begin) / 1e9;
        if (counts) {
            note(name, taken);
        }
        if (counts && name.equals("check")) {
            note(ALL_THREADS, taken + (OwnCheck.hashingTime() - hashing) / 1e9);
        }
    }

    private void note(String name, double taken) {
        seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(taken);
    }

    /**
     * The thread's own time: neither what else the machine does is in it, nor what the check has done beside it. Of programs
     * that are started the wall clock counts.
     */
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long lines(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER + Long.BYTES];
        long lines = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer, 0, BUFFER); count >= 0; count = in.read(buffer, 0, BUFFER)) {
                for (int i = 0; i + Long.BYTES <= count; i += Long.BYTES) {
                    long word = (long) WORDS.get(buffer, i);
                    long differs = ((word & 0x7f7f7f7f7f7f7f7fL) ^ 0x0a0a0a0a0a0a0a0aL) + 0x7f7f7f7f7f7f7f7fL;
                    lines += Long.bitCount(~(differs | word) & 0x8080808080808080L);
                }
            }
        }
        return lines;
    }

    /** What the check's hashes cost, on whichever thread: one of the source, one of each chunk. */
    private static long hashes(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        MessageDigest one = Digests.sha256();
        MessageDigest other = Digests.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                one.update(buffer, 0, count);
                other.update(buffer, 0, count);
            }
        }
        return 2L * one.digest().length + other.digest().length;
    }

    private long program(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        return process.waitFor() == 0 ? 1 : 0;
    }

    private void print(int megabytes) {
        System.out.printf(
                Locale.ROOT,
                "%d MB, medians of %d rounds%n%n",
                megabytes,
                all("check").size());
        System.out.printf("%-26s %10s %12s %16s%n", "what", "s per GB", "MB/s", "fastest..slowest");
        seconds.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-26s %10.2f %12.0f %7.2f .. %.2f%n",
                name,
                median(all) * 1000 / megabytes,
                megabytes / median(all),
                all.stream().min(Double::compare).orElseThrow() * 1000 / megabytes,
                all.stream().max(Double::compare).orElseThrow() * 1000 / megabytes));
        System.out.printf("%n%-60s %8s %8s  %s%n", "ratio", "found", "goal", "spread");
        for (String check : List.of("check", ALL_THREADS)) {
            ratio("FastCSV check", check, 3);
            ratio("FastCSV check + write", check, 6);
            ratio("Commons CSV check + write", check, 14);
            ratio("camel-csv per row", check, 16);
        }
        ratio("count line ends", "check", 0.18);
        ratio("FastCSV, 2 % faults", "check, 2 % faults", 4);
        ratio("check", "check, all faults", 0.33);
    }

    /** How often the second goes into the first, round by round. */
    private void ratio(String slow, String fast, double goal) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < all(slow).size(); i++) {
            ratios.add(all(slow).get(i) / all(fast).get(i));
        }
        System.out.printf(
                Locale.ROOT,
                "%-60s %8.2f %8.2f  %.2f .. %.2f%n",
                slow + " : " + fast,
                median(ratios),
                goal,
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
    }

    private List<Double> all(String name) {
        return Objects.requireNonNull(seconds.get(name));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
