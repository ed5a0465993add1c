package io.segmentdrop.bench;

import static io.segmentdrop.bench.Findings.median;

import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From the start of the process to its readiness: the jar as it is, and from a cache made as the README says. */
public final class Starts {

    private static final int ROUNDS = 3;
    private static final int FIRST_WITH_CACHE = 25;
    private static final String JAR = "segment-drop.jar";

    private final Path folder;
    private final Sink sink;

    Starts(Path folder, Sink sink) {
        this.folder = folder;
        this.sink = sink;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("starts");
        try (Sink sink = new Sink()) {
            new Starts(folder, sink).run();
        } finally {
            Trial.remove(folder);
        }
    }

    void run() throws Exception {
        Findings.title("start to ready, median of " + ROUNDS);
        double plain = start("plain", Path.of("target", JAR).toAbsolutePath());
        Findings.just("the jar as it is", plain, "s");
        if (Runtime.version().feature() < FIRST_WITH_CACHE) {
            System.out.println("no cache before JDK " + FIRST_WITH_CACHE);
            return;
        }
        Path cache = folder.resolve("segment-drop.aot");
        Path extracted = extract().resolve(JAR);
        fill(extracted, cache);
        double cached = start("cached", extracted, "-XX:AOTCache=" + cache);
        Findings.atMost("with a cache", cached, 2.7, "s");
        Findings.atMost("with a cache, against the jar as it is", cached / plain, 2.7 / 5.5, "times");
    }

    private Path extract() throws IOException, InterruptedException {
        Path to = folder.resolve("extracted");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target", JAR).toAbsolutePath().toString();
        Shell.run(List.of(java, "-Djarmode=tools", "-jar", jar, "extract", "--destination", to.toString()));
        return to;
    }

    private void fill(Path jar, Path cache) throws IOException {
        try (Server server = Server.start(setup("filled", jar, "-XX:AOTCacheOutput=" + cache))) {
            server.stop();
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("expected a cache, found none");
        }
    }

    private Server.Setup setup(String name, Path jar, String... flags) throws IOException {
        return Trial.setup(folder.resolve("start-" + name), sink, 1).jar(jar).flags(flags);
    }

    private double start(String name, Path jar, String... flags) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Server.Setup setup = setup(name + round, jar, flags);
            long begun = System.nanoTime();
            try (Server server = Server.launch(setup)) {
                while (!isReady(server)) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
                seconds.add((System.nanoTime() - begun) / 1e9);
            }
        }
        return median(seconds);
    }

    private static boolean isReady(Server server) {
        if (!ProcessHandle.of(server.pid()).map(ProcessHandle::isAlive).orElse(false)) {
            throw new IllegalStateException("the server ended:\n" + server.log());
        }
        return isListening(server.uri())
                && server.get("/actuator/health/readiness").statusCode() == 200;
    }

    /** Costs next to nothing, so that who asks does not take the time that it measures. */
    private static boolean isListening(URI server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
