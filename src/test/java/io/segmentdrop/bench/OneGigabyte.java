package io.segmentdrop.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * How long one large CSV takes to be checked and sent by a server with a heap of 256 MB, beside copying the file. Argument: how
 * many million rows of 71 bytes (14, about a gigabyte).
 */
public final class OneGigabyte {

    private OneGigabyte() {}

    public static void main(String[] arguments) throws Exception {
        int rows = 1_000_000 * (arguments.length == 0 ? 14 : Integer.parseInt(arguments[0]));
        Path folder = Files.createTempDirectory("one-gigabyte");
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key").counting());
                Server server = Server.start(
                        Server.Setup.of(folder, api.uri()).flags("-Xmx256m").drop("acme", "[{id: 1}]"))) {
            Path csv = generate(folder.resolve("large.csv"), rows);
            double copy = copied(csv);
            Files.move(csv, server.drop("acme").resolve("large.csv"), StandardCopyOption.ATOMIC_MOVE);
            new Dropper(server.drop("acme")).whole("large.csv.json", Dropper.sidecar(1));
            JsonNode receipt = ended(server);
            double check = between(server, " taken: ", " planned: ");
            double send = between(server, " planned: ", " delivered: ");
            System.out.printf(
                    Locale.ROOT,
                    "%d rows, %s, %d chunks: check %.1f s, send %.1f s, copy %.1f s, ratio %.1f and %.1f; peak RSS %s;"
                            + " counted %d%n",
                    rows,
                    receipt.path("state").asText(),
                    receipt.path("chunks").size(),
                    check,
                    send,
                    copy,
                    check / copy,
                    send / copy,
                    peak(server),
                    api.account().size(1));
        } finally {
            remove(folder);
        }
    }

    private static Path generate(Path file, int rows) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("email,varr_firstname,varr_city,varr_plan\n".getBytes(US_ASCII));
            for (int i = 0; i < rows; i++) {
                out.write(("subscriber-" + (100_000_000 + i) + "@example.com,Annabelle Lee,Springfield,gold plan A\n")
                        .getBytes(US_ASCII));
            }
        }
        return file;
    }

    private static double copied(Path file) throws IOException, InterruptedException {
        Path copy = file.resolveSibling("copy.csv");
        long start = System.nanoTime();
        new ProcessBuilder("cp", file.toString(), copy.toString()).start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(copy);
        return seconds;
    }

    private static JsonNode ended(Server server) {
        ReceiptReader receipts = new ReceiptReader(server.drop("acme"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> receipts.now("large.csv")
                        .filter(receipt -> receipt.path("final").asBoolean())
                        .isPresent());
        return receipts.end("large.csv");
    }

    private static double between(Server server, String from, String to) {
        return Duration.between(at(server, from), at(server, to)).toMillis() / 1e3;
    }

    private static OffsetDateTime at(Server server, String event) {
        return server.log()
                .lines()
                .filter(line -> line.contains(event))
                .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static String peak(Server server) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(server.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
