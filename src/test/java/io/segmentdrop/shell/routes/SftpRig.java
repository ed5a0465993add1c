package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Mirrored;
import io.segmentdrop.shell.sftp.Account;
import io.segmentdrop.shell.sftp.Limits;
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
import java.util.Random;
import java.util.TreeMap;

/** The {@link Rig} with one drop, {@code acme}, that lies on a server: rounds by hand, with a clock that is set. */
final class SftpRig implements AutoCloseable {

    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));

    private final Path folder;
    private final FaultySftp server;
    private final Limits limits;
    private final boolean keep;
    private final Disk disk;
    private final Rig rig;
    private final DropBoard board = new DropBoard();
    private final SftpDrop drop;

    SftpRig(Path folder, StandInApi api, FaultySftp server) {
        this(folder, api, server, LIMITS, false, new Disk());
    }

    SftpRig(Path folder, StandInApi api, FaultySftp server, Limits limits, boolean keep, Disk disk) {
        this.folder = folder;
        this.server = server;
        this.limits = limits;
        this.keep = keep;
        this.disk = disk;
        Rig.Setup setup = Rig.Setup.of(folder, api);
        this.rig = Rig.start(new Rig.Setup(
                setup.home(),
                new TreeMap<>(Map.of("acme", setup.home().resolve("spool").resolve("acme"))),
                setup.policy(),
                api,
                setup.key(),
                setup.clock(),
                disk,
                setup.ledger(),
                disk instanceof CountedDisk counted ? counted.calls() : setup.calls(),
                setup.check(),
                setup.response(),
                setup.was()));
        this.drop = beginOrClose();
    }

    private SftpDrop beginOrClose() {
        boolean begun = false;
        try {
            SftpDrop made = begin();
            begun = true;
            return made;
        } finally {
            if (!begun) {
                rig.close();
            }
        }
    }

    private SftpDrop begin() {
        try {
            Path known = folder.resolve("known_hosts");
            if (!Files.exists(known)) {
                server.pin(known);
            }
            Path password = Files.writeString(folder.resolve("password"), FaultySftp.PASSWORD + "\n");
            Home home = new Home(rig.setup().home());
            Drop spool = new Drop(
                    "acme",
                    new DropFolder(home.spool("acme"), disk),
                    Duration.ofMillis(500),
                    Duration.ofMinutes(5),
                    Rig.PATIENCE,
                    null,
                    Rig.anything(),
                    CheckSettings.DEFAULTS,
                    0.5);
            Account account = new Account(
                    FaultySftp.USER, "127.0.0.1", server.port(), "out", new Account.SignIn.Password(password), known);
            return new SftpDrop(
                    new SftpDrop.Setup(spool, account, limits, spool.watch(), keep),
                    board,
                    rig.board(),
                    disk,
                    new DropRoom(spool, new Reserve(home, disk), rig.imports().takes()::load, 1),
                    rig.imports(),
                    new Mirrored(rig.ledger()),
                    // counted calls must come in the same order each time
                    disk instanceof CountedDisk ? Together.inOrder() : Together.upTo(4),
                    new Random(1),
                    rig.clock(),
                    rig.clock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One round of the route. */
    SftpRig round() {
        drop.look().forEach(drop::fetch);
        drop.clear();
        drop.carry();
        return this;
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
        return board;
    }

    DropBoard.Sight sight() {
        return Objects.requireNonNull(board.all().get("acme"));
    }

    List<ImportRow> imports() {
        return rig.rows();
    }

    Path spool() {
        return rig.setup().home().resolve("spool").resolve("acme");
    }

    SftpDrop drop() {
        return drop;
    }

    @Override
    public void close() {
        drop.close();
        rig.close();
    }
}
