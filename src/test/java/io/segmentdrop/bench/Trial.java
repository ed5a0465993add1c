package io.segmentdrop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The real program on the sink, with one drop that is watched as the defaults say. */
final class Trial implements AutoCloseable {

    private static final String DROP = "acme";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Server server;

    private Trial(Server server) {
        this.server = server;
    }

    /** A server in a folder of its own; the drop has as many lanes as said, segments 1 and so on. */
    static Server.Setup setup(Path folder, Sink sink, int lanes) throws IOException {
        String segments = IntStream.rangeClosed(1, lanes)
                .mapToObj(i -> "{id: " + i + "}")
                .toList()
                .toString();
        return Server.Setup.ofJar(Files.createDirectories(folder), sink.uri())
                .flags("-Xmx128m")
                .drop(DROP, segments)
                .drop(DROP, "scan-every", "500ms")
                .drop(DROP, "settle-for", "2s");
    }

    static Trial start(Server.Setup setup) {
        return new Trial(Server.start(setup));
    }

    private Path drop() {
        return server.drop(DROP);
    }

    /** Drops a pair that is ready elsewhere, the CSV first; answers when, in {@link System#nanoTime}. */
    long drop(Path csv) throws IOException {
        long begun = System.nanoTime();
        move(csv);
        move(sidecar(csv));
        return begun;
    }

    /** The same, but time begins when the CSV is there and its sidecar is not. */
    long complete(Path csv) throws IOException {
        move(csv);
        long begun = System.nanoTime();
        move(sidecar(csv));
        return begun;
    }

    private void move(Path file) throws IOException {
        Files.move(file, drop().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path sidecar(Path csv) {
        return csv.resolveSibling(csv.getFileName() + ".json");
    }

    /** Writes a sidecar that proves the CSV beside it. */
    static Path proven(Path csv, long segment, String sha256) throws IOException {
        Files.writeString(
                sidecar(csv),
                "{\"segment\": %d, \"clear\": false, \"bytes\": %d, \"sha256\": \"%s\"}"
                        .formatted(segment, Files.size(csv), sha256));
        return csv;
    }

    /** Small pairs, each with a proof, for one lane after the other. */
    static List<Path> pairs(Path folder, String seed, int count, int lanes) throws IOException {
        Files.createDirectories(folder);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String csv = Dropper.csv(seed + i, 20);
                    new Dropper(folder).pair(seed + i + ".csv", csv, Dropper.proving(1 + i % lanes, csv));
                    return folder.resolve(seed + i + ".csv");
                })
                .toList();
    }

    /** Waits for the receipt of a delivered import. */
    JsonNode delivered(Path csv) {
        ReceiptReader receipts = new ReceiptReader(drop());
        String name = csv.getFileName().toString();
        until(() -> receipts.now(name)
                .filter(receipt -> receipt.path("final").asBoolean())
                .isPresent());
        JsonNode receipt = receipts.now(name).orElseThrow();
        if (!receipt.path("state").asText().equals("delivered")) {
            throw new IllegalStateException("expected a delivered import, found " + receipt);
        }
        return receipt;
    }

    static void until(BooleanSupplier met) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(met::getAsBoolean);
    }

    /** The resident memory now, in MB. */
    double resident() throws IOException {
        return status("VmRSS:");
    }

    /** The most resident memory since {@link #forgetPeak}, in MB. */
    double peak() throws IOException {
        return status("VmHWM:");
    }

    /** Where the system refuses this, the peak is that since the start. */
    void forgetPeak() {
        try {
            Files.writeString(process().resolve("clear_refs"), "5");
        } catch (IOException refused) {
            System.out.println("the peak includes the start: " + refused.getMessage());
        }
    }

    private double status(String key) throws IOException {
        return Files.readAllLines(process().resolve("status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private Path process() {
        return Path.of("/proc", String.valueOf(server.pid()));
    }

    @Override
    public void close() {
        server.close();
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
