package io.segmentdrop.shell.routes;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.CountedDisk;
import io.segmentdrop.testkit.FaultySftp;
import io.segmentdrop.testkit.SetClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.support.ScheduledPollConsumer;

/** The {@link Rig} with one drop, {@code acme}, that lies on a server: polls by hand, with a clock that is set. */
final class SftpRig implements AutoCloseable {

    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));

    private final Rig rig;
    private final int connections;

    SftpRig(Path folder, StandInApi api, FaultySftp server) {
        this(folder, api, server, LIMITS, false, new Disk());
    }

    SftpRig(Path folder, StandInApi api, FaultySftp server, Limits limits, boolean keep, Disk disk) {
        this(folder, api, server, limits, keep, disk, 1);
    }

    SftpRig(Path folder, StandInApi api, FaultySftp server, Limits limits, boolean keep, Disk disk, int connections) {
        this(folder, api, server, limits, keep, disk, connections, "out");
    }

    /** @param path of the drop's folder, as a configuration has it */
    SftpRig(
            Path folder,
            StandInApi api,
            FaultySftp server,
            Limits limits,
            boolean keep,
            Disk disk,
            int connections,
            String path) {
        this.connections = connections;
        Rig.Setup setup = Rig.Setup.of(folder, api);
        this.rig = Rig.start(
                new Rig.Setup(
                        setup.home(),
                        new TreeMap<>(
                                Map.of("acme", setup.home().resolve("spool").resolve("acme"))),
                        setup.policy(),
                        api,
                        setup.key(),
                        setup.clock(),
                        disk,
                        setup.ledger(),
                        disk instanceof CountedDisk counted ? counted.calls() : setup.calls(),
                        setup.check(),
                        setup.response(),
                        setup.was()),
                settings(folder, server, limits, keep, connections, path));
    }

    private static Map<String, Object> settings(
            Path folder, FaultySftp server, Limits limits, boolean keep, int connections, String path) {
        Path known = folder.resolve("known_hosts");
        if (!Files.exists(known)) {
            server.pin(known);
        }
        String drop = "segment-drop.drops.acme.";
        try {
            return Map.ofEntries(
                    Map.entry(drop + "from", "sftp://" + FaultySftp.USER + "@127.0.0.1:" + server.port() + "/" + path),
                    Map.entry(drop + "orphan-after", Rig.PATIENCE.orphanAfter()),
                    Map.entry(drop + "settle-for", Rig.PATIENCE.settleFor()),
                    // days pass in one step of the clock
                    Map.entry(drop + "scan-every", "1d"),
                    Map.entry(drop + "after-take", keep ? "keep" : "remove"),
                    Map.entry(drop + "sftp.known-hosts-file", known.toString()),
                    Map.entry(
                            drop + "sftp.password-file",
                            Files.writeString(folder.resolve("password"), FaultySftp.PASSWORD + "\n")
                                    .toString()),
                    Map.entry(drop + "sftp.connect-timeout", limits.connect()),
                    Map.entry(drop + "sftp.exchange-timeout", limits.exchange()),
                    Map.entry(drop + "sftp.sign-in-timeout", limits.signIn()),
                    Map.entry(drop + "sftp.list-timeout", limits.list()),
                    Map.entry(drop + "sftp.read-timeout", limits.read()),
                    Map.entry(drop + "sftp.connections", connections));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One round of each connection's route. */
    SftpRig round() {
        for (int connection = 1; connection <= connections; connection++) {
            poll(connection);
        }
        return this;
    }

    /** A poll of one of them, from 1. */
    void poll(int connection) {
        String route = "mirror" + (connection == 1 ? "" : connection) + "-acme";
        ((ScheduledPollConsumer) rig.consumer(route)).run();
        rig.setup().calls().goOn();
    }

    /** Rounds, and what is local, until three seconds of the set clock are over. */
    SftpRig settle() {
        for (int i = 0; i < 7; i++) {
            round();
            rig.run();
            clock().advance(Duration.ofMillis(500));
        }
        return this;
    }

    /** Goes on long enough for anything that is tried again. */
    SftpRig later() {
        clock().advance(Duration.ofMinutes(2));
        return settle();
    }

    SetClock clock() {
        return rig.clock();
    }

    Rig rig() {
        return rig;
    }

    DropBoard board() {
        return rig.board();
    }

    DropBoard.Sight sight() {
        return Objects.requireNonNull(board().all().get("acme"));
    }

    List<ImportRow> imports() {
        return rig.rows();
    }

    Path spool() {
        return rig.setup().home().resolve("spool").resolve("acme");
    }

    @Override
    public void close() {
        rig.close();
    }
}
