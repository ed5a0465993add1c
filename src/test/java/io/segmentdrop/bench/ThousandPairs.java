package io.segmentdrop.bench;

import io.segmentdrop.sandbox.Account;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * How long a thousand small pairs take from the drop to the last receipt, beside a plain loop that posts the same files to the
 * same stand-in. Arguments: how many pairs (1000), drops (1) and lanes of each drop (4).
 */
public final class ThousandPairs {

    private static final int ROWS = 20;
    private static final long ELSEWHERE = 777;

    private ThousandPairs() {}

    public static void main(String[] arguments) throws Exception {
        int pairs = argument(arguments, 0, 1000);
        int drops = argument(arguments, 1, 1);
        int lanes = argument(arguments, 2, 4);
        Path folder = Files.createTempDirectory("thousand-pairs");
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key").counting())) {
            double plain = seconds(() -> post(api.uri(), pairs));
            api.reset();
            try (Server server = Server.start(setup(folder, api, drops, lanes))) {
                double all = seconds(() -> {
                    drop(server, pairs, drops, lanes);
                    until(() -> receipts(server, drops) == pairs);
                });
                long once = api.account().applied().stream()
                        .map(Account.Applied::sha256)
                        .distinct()
                        .count();
                System.out.printf(
                        Locale.ROOT,
                        "%d pairs, %d drops, %d lanes each: %.1f s, %.0f pairs/s; plain loop %.1f s, ratio %.1f;"
                                + " accepted %d, distinct %d%n",
                        pairs,
                        drops,
                        lanes,
                        all,
                        pairs / all,
                        plain,
                        all / plain,
                        api.account().applied().size(),
                        once);
            }
        }
    }

    private static int argument(String[] arguments, int number, int otherwise) {
        return arguments.length > number ? Integer.parseInt(arguments[number]) : otherwise;
    }

    private static Server.Setup setup(Path folder, StandInApi api, int drops, int lanes) {
        Server.Setup setup = Server.Setup.of(folder, api.uri()).flags("-Xmx256m");
        for (int drop = 0; drop < drops; drop++) {
            List<String> segments = IntStream.range(drop * lanes, (drop + 1) * lanes)
                    .mapToObj(i -> "{id: " + (i + 1) + "}")
                    .toList();
            setup = setup.drop("drop-" + drop, segments.toString());
        }
        return setup;
    }

    private static String csv(int number) {
        return Dropper.csv("pair-" + number, ROWS);
    }

    private static void drop(Server server, int pairs, int drops, int lanes) {
        for (int i = 0; i < pairs; i++) {
            int drop = i % drops;
            new Dropper(server.drop("drop-" + drop))
                    .pair("p" + i + ".csv", csv(i), Dropper.sidecar(drop * lanes + i / drops % lanes + 1));
        }
    }

    private static int receipts(Server server, int drops) {
        return IntStream.range(0, drops)
                .map(drop -> delivered(server.drop("drop-" + drop).resolve("receipts")))
                .sum();
    }

    private static int delivered(Path receipts) {
        if (!Files.isDirectory(receipts)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(receipts)) {
            return (int) all.filter(ThousandPairs::isDelivered).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDelivered(Path receipt) {
        try {
            return receipt.toString().endsWith(".receipt.json")
                    && Files.readString(receipt).contains("\"state\" : \"delivered\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static void until(BooleanSupplier done) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(500))
                .until(done::getAsBoolean);
    }

    private static void post(URI api, int pairs) throws Exception {
        URI to = api.resolve("/api/3.2/messages/segments/" + ELSEWHERE + "/import");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < pairs; i++) {
                String body = "--b\r\nContent-Disposition: form-data; name=\"clear\"\r\n\r\n0\r\n--b\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"import.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n" + csv(i) + "\r\n--b--\r\n";
                HttpRequest request = HttpRequest.newBuilder(to)
                        .header("Authorization", "Bearer key")
                        .header("Accept", "application/json")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                if (http.send(request, BodyHandlers.ofString()).statusCode() != 201) {
                    throw new IllegalStateException("expected 201");
                }
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
