package io.segmentdrop.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.testkit.ManyImports;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the pages take, warm, with many imports in the ledger; argument: how many (100,000). */
public final class PageBench {

    private static final int WARM = 60;
    private static final int TIMES = 101;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private PageBench() {}

    public static void main(String[] arguments) throws Exception {
        int many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        Path folder = Files.createTempDirectory("page-bench");
        Path home = Files.createDirectories(folder.resolve("home"));
        LedgerDatabase.open(home).close();
        ManyImports.write(home, many, Instant.now());
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
                Server server = Server.start(setup(folder, api))) {
            HttpClient client = signedIn(server.uri());
            for (String path : List.of(
                    "/",
                    "/imports",
                    "/imports?state=held",
                    "/imports?q=list-of-0000007",
                    "/imports?q=nothing-has-this-name",
                    "/attention",
                    "/api/overview")) {
                System.out.printf(
                        Locale.ROOT,
                        "%,d imports: %s takes %.1f ms (median)%n",
                        many,
                        path,
                        median(client, server.uri().resolve(path)));
            }
            System.out.printf(Locale.ROOT, "the overview added up anew takes %.1f ms (median)%n", anew(client, server));
        }
    }

    private static Server.Setup setup(Path folder, StandInApi api) {
        Server.Setup setup = Server.Setup.ofJar(folder, api.uri()).flags("-Xmx256m");
        for (int drop = 0; drop < ManyImports.DROPS; drop++) {
            setup = setup.drop("drop-" + drop, "[{id: 7}]");
        }
        return setup;
    }

    private static HttpClient signedIn(URI server) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        Matcher token = TOKEN.matcher(text(client, server.resolve("/login")));
        if (!token.find()) {
            throw new IllegalStateException("expected a form at /login");
        }
        String form = "username=ops&password=" + Server.PASSWORD.replace(' ', '+') + "&_csrf=" + token.group(1);
        client.send(
                HttpRequest.newBuilder(server.resolve("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form, UTF_8))
                        .build(),
                BodyHandlers.discarding());
        return client;
    }

    private static String text(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static double median(HttpClient client, URI uri) throws IOException, InterruptedException {
        for (int i = 0; i < WARM; i++) {
            text(client, uri);
        }
        return median(client, uri, () -> {});
    }

    /** Something is recorded before each look, here a download. */
    private static double anew(HttpClient client, Server server) throws IOException, InterruptedException {
        return median(
                client,
                server.uri().resolve("/"),
                () -> server.get("/imports/01%024d/files/receipt.json".formatted(1)));
    }

    private static double median(HttpClient client, URI uri, Runnable before) throws IOException, InterruptedException {
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            before.run();
            long start = System.nanoTime();
            text(client, uri);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[TIMES / 2];
    }
}
