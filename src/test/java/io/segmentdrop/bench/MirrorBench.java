package io.segmentdrop.bench;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.OpenSsh;
import io.segmentdrop.testkit.Relay;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * How fast an SFTP drop is mirrored, beside OpenSSH's own client that fetches the same files from the same server: one file
 * of 200 MB, and 1,000 small pairs; then a tenth of the pairs by a way of 25 ms in each direction, where the client fetches one
 * file after another by one connection. Arguments: how many pairs (1000), and whether
 * the long way too (true). Prints each ratio and its goal.
 */
public final class MirrorBench {

    private static final int MEGABYTES = 200;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration ONE_WAY = Duration.ofMillis(25);
    private static final int CHANNELS = 10;

    private MirrorBench() {}

    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        Path folder = Files.createTempDirectory("mirror-bench");
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key").counting());
                OpenSsh partner = new OpenSsh(folder.resolve("partner"), CHANNELS);
                Server server = Server.start(setup(folder, api, partner, partner.port()))) {
            Path fetched = Files.createDirectories(folder.resolve("fetched"));
            // everything is warm after a first pair
            pair(partner, "warm.csv", Dropper.csv("warm", 10));
            until(() -> isEmpty(partner));

            large(partner);
            double client = seconds(() -> partner.sftp("get large.csv.part " + fetched.resolve("large.csv")));
            double mirror = seconds(() -> {
                partner.sftp("rename large.csv.part large.csv");
                until(() -> exists(server, "large.csv"));
            });
            print("one file of " + MEGABYTES + " MB", 0.5, new double[] {client, mirror});
            until(() -> isEmpty(partner));

            print(pairs + " small pairs", 0.5, many(server, partner, partner.port(), pairs));
        }
        boolean isFar = arguments.length < 2 || Boolean.parseBoolean(arguments[1]);
        for (int channels : isFar ? new int[] {CHANNELS, 1} : new int[0]) {
            far(Files.createTempDirectory("mirror-bench"), channels, pairs / 10);
        }
    }

    private static void far(Path folder, int channels, int pairs) throws Exception {
        try (StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key").counting());
                OpenSsh partner = new OpenSsh(folder.resolve("partner"), channels);
                Relay relay = Relay.to(partner.port(), ONE_WAY);
                Server server = Server.start(setup(folder, api, partner, relay.port()))) {
            pair(partner, "warm.csv", Dropper.csv("warm", 10));
            until(() -> isEmpty(partner));
            print(
                    pairs + " small pairs, 25 ms away, MaxSessions " + channels,
                    3,
                    many(server, partner, relay.port(), pairs));
        }
    }

    /** How long the client takes and the mirror; it checks and sends meanwhile. */
    private static double[] many(Server server, OpenSsh partner, int port, int pairs) throws IOException {
        Path fetched = Files.createDirectories(server.home().resolveSibling("fetched"));
        Path ready = Files.createDirectories(partner.out().resolveSibling("ready"));
        for (int i = 0; i < pairs; i++) {
            String csv = Dropper.csv("n" + i, 20);
            Files.writeString(ready.resolve("n" + i + ".csv"), csv);
            Files.writeString(ready.resolve("n" + i + ".csv.json"), Dropper.proving(1, csv));
        }
        double client = seconds(() -> partner.sftp(port, "get ../ready/* " + fetched + "/"));
        long before = mirrored(server);
        double mirror = seconds(() -> {
            move(ready, partner.out());
            until(() -> mirrored(server) - before >= pairs);
        });
        return new double[] {client, mirror};
    }

    private static Server.Setup setup(Path folder, StandInApi api, OpenSsh partner, int port) {
        return Server.Setup.ofJar(folder, api.uri())
                .flags("-Xmx512m")
                .drop("acme", "[{id: 1}]")
                .drop("acme", "from", "sftp://" + partner.user() + "@127.0.0.1:" + port + "/out")
                .drop("acme", "sftp.private-key-file", "'" + partner.clientKey() + "'")
                .drop("acme", "sftp.known-hosts-file", "'" + partner.pin(port) + "'");
    }

    private static void pair(OpenSsh partner, String name, String csv) throws IOException {
        Files.writeString(partner.out().resolve(name), csv);
        Files.writeString(partner.out().resolve(name + ".json"), Dropper.proving(1, csv));
    }

    /** Random bytes, which are refused as soon as they are here; their sidecar tells their size. */
    private static void large(OpenSsh partner) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        new Random(1).nextBytes(megabyte);
        try (OutputStream out = Files.newOutputStream(partner.out().resolve("large.csv.part"))) {
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(megabyte);
            }
        }
        Files.writeString(
                partner.out().resolve("large.csv.json"),
                "{\"segment\": 1, \"clear\": false, \"bytes\": " + ((long) MEGABYTES << 20) + "}");
    }

    /** In the spool or beyond. */
    private static boolean exists(Server server, String name) {
        return Files.exists(server.home().resolve("spool/acme/" + name))
                || server.json("/api/imports?q=" + name).path("imports").size() > 0;
    }

    private static long mirrored(Server server) {
        try (Stream<Path> work = Files.list(server.home().resolve("work"));
                Stream<Path> spool = Files.list(server.home().resolve("spool/acme"));
                Stream<Path> archive = Files.walk(server.home().resolve("archive"), 3)) {
            return work.count()
                    + spool.filter(file -> file.toString().endsWith(".csv")).count()
                    + archive.filter(file -> file.getFileName().toString().length() == 26)
                            .count()
                    - 1;
        } catch (IOException | java.io.UncheckedIOException e) {
            // something was moved meanwhile
            return 0;
        }
    }

    private static boolean isEmpty(OpenSsh partner) {
        try (Stream<Path> files = Files.list(partner.out())) {
            return files.noneMatch(
                    file -> file.toString().endsWith(".csv") || file.toString().endsWith(".csv.json"));
        } catch (IOException e) {
            return false;
        }
    }

    private static void move(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            // the CSVs first, so that a pair is whole when its sidecar is there
            for (Path file : files.sorted().toList()) {
                Files.move(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void print(String what, double goal, double[] clientAndMirror) {
        System.out.printf(
                Locale.ROOT,
                "%s: mirrored in %.2f s, sftp in %.2f s, ratio %.2f (goal: at least %.2f)%n",
                what,
                clientAndMirror[1],
                clientAndMirror[0],
                clientAndMirror[0] / clientAndMirror[1],
                goal);
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void until(BooleanSupplier met) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(met::getAsBoolean);
    }
}
