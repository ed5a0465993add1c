package io.segmentdrop.bench;

import static io.segmentdrop.bench.Findings.median;

import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a hostile drop, or a stranger without an account, makes another drop's small pair: from the rename to the final
 * receipt, quiet and under each {@link Attack}, which runs on {@code -Dbench.attackers} threads (4). {@code
 * -Dbench.pairs} pairs for each (100).
 */
public final class Neighbours {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path folder;
    private final Sink sink;
    private final int pairs = Math.min(Integer.getInteger("bench.pairs", 100), 100);
    private final int attackers = Integer.getInteger("bench.attackers", 4);

    private Neighbours(Path folder, Sink sink) {
        this.folder = folder;
        this.sink = sink;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("neighbours");
        try (Sink sink = new Sink()) {
            Neighbours bench = new Neighbours(folder, sink);
            Findings.title("another drop's small pair, rename to final receipt, of " + bench.pairs);
            double quiet = bench.under(Attack.NONE, 0);
            for (Attack attack : Attack.values()) {
                if (attack != Attack.NONE) {
                    bench.under(attack, 2 * quiet + 1000);
                }
            }
        } finally {
            Trial.remove(folder);
        }
    }

    /** The time that 99 of 100 receipts take, in milliseconds. */
    private double under(Attack attack, double goal) throws Exception {
        Path place = Files.createDirectories(folder.resolve(attack.name()));
        Server.Setup setup = Server.Setup.ofJar(place, sink.uri())
                .flags("-Xmx256m")
                .drop("victim", "[{id: 2}]")
                .drop("victim", "scan-every", "500ms")
                .drop("evil", "[{id: 1}]")
                .drop("evil", "scan-every", "500ms");
        sink.after(Duration.ZERO);
        List<Double> millis = new ArrayList<>();
        try (Server server = Server.start(setup);
                ExecutorService threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            deliver(server, "warm", 20, new ArrayList<>());
            for (int i = 0; i < attackers; i++) {
                Future<Long> unused = threads.submit(attack.on(server.drop("evil"), server.uri(), i * 1_000_000L));
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            deliver(server, "pair", pairs, millis);
            threads.shutdownNow();
            String words = attack + ": 99 of 100 within";
            double late = Findings.share(millis, 0.99);
            if (attack == Attack.NONE) {
                Findings.just(words, late, "ms");
            } else {
                Findings.atMost(words, late, goal, "ms");
            }
            Findings.just("  half of them within", median(millis), "ms");
            return late;
        }
    }

    private void deliver(Server server, String seed, int count, List<Double> millis) {
        Dropper victim = new Dropper(server.drop("victim"));
        ReceiptReader receipts = new ReceiptReader(victim.drop());
        for (int i = 0; i < count; i++) {
            String name = seed + i + ".csv";
            String csv = Dropper.csv(seed + i, 5);
            long begun = System.nanoTime();
            victim.pair(name, csv, Dropper.proving(2, csv));
            long end = begun + LONGEST.toNanos();
            while (System.nanoTime() < end
                    && receipts.now(name)
                            .filter(receipt -> receipt.path("final").asBoolean())
                            .isEmpty()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            millis.add((System.nanoTime() - begun) / 1e6);
        }
    }
}
