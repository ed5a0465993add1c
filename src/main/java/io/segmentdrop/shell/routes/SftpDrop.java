package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Mirrored;
import io.segmentdrop.shell.sftp.Account;
import io.segmentdrop.shell.sftp.Limits;
import io.segmentdrop.shell.sftp.SftpConnection;
import io.segmentdrop.shell.sftp.SftpFault;
import io.segmentdrop.shell.sftp.SftpFolder;
import io.segmentdrop.shell.sftp.SftpRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One SFTP drop, as {@code routes/11-drop-sftp.camel.yaml} walks through it again and again: look, fetch each batch, clear,
 * carry. One connection, kept between the rounds; a server that fails is left alone for a while. It shares nothing with
 * other drops. Its steps are for one thread; {@link #close} is for any.
 */
public final class SftpDrop implements AutoCloseable {

    /**
     * How it was configured.
     *
     * @param watch how patient it is with the server's folder
     * @param keep whether files are moved to {@code taken/} instead of removed
     */
    public record Setup(Drop drop, Account account, Limits limits, Watch.Settings watch, boolean keep) {}

    private static final Logger LOG = LoggerFactory.getLogger(SftpDrop.class);
    private static final int BATCH = 100;
    private static final long BATCH_BYTES = 32L << 20;

    /** So long a disk that was found full is left alone. */
    private static final Duration FULL = Duration.ofSeconds(30);

    /** A folder with more entries than this is looked at less often. */
    private static final long LARGE = 10_000;

    private final Setup setup;
    private final String name;
    private final DropBoard board;
    private final DropBoard spool;
    private final DropRoom room;
    private final InstantSource clock;
    private final Ticker ticker;
    private final SftpGate gate;
    private final SftpWatch watch;
    private final SftpFetch fetch;
    private final SftpClearing clearing;
    private final SftpReceipts receipts;
    private final SftpMemory memory;
    private @Nullable SftpFolder folder;
    private Map<Mirrored.Row, List<Entry>> there = Map.of();
    private Duration next = Duration.ZERO;
    private String trouble = "";
    private volatile @Nullable SftpFolder open;
    private volatile boolean ended;

    /**
     * A drop before its first round: what an earlier run had begun is finished.
     *
     * @param board what everyone sees
     * @param spool what the watch of the spool says
     * @param together how small files of the server are asked for
     */
    public SftpDrop(
            Setup setup,
            DropBoard board,
            DropBoard spool,
            Disk disk,
            DropRoom room,
            Imports imports,
            Mirrored mirrored,
            Together together,
            RandomGenerator random,
            InstantSource clock,
            Ticker ticker)
            throws IOException {
        this.setup = setup;
        this.name = setup.drop().name();
        this.board = board;
        this.spool = spool;
        this.room = room;
        this.clock = clock;
        this.ticker = ticker;
        this.memory = new SftpMemory(name, mirrored);
        SftpSidecars sidecars = new SftpSidecars(together);
        this.gate = new SftpGate(setup.account(), random);
        this.watch = new SftpWatch(setup.watch().hashingWhatSettled(), sidecars, memory);
        this.fetch = new SftpFetch(setup.drop().folder(), disk, memory, sidecars, together);
        this.clearing = new SftpClearing(name, setup.drop().folder(), imports, memory, setup.keep(), together);
        this.receipts = new SftpReceipts(setup.drop().folder());
        board.add(name);
        disk.makeFolder(setup.drop().folder().path());
        fetch.recover();
    }

    /** What is complete on the server, in batches; nothing while the server is left alone. */
    public List<List<Watch.Ready>> look() {
        Duration begun = ticker.elapsed();
        // the server's phases have their own deadlines, longer than that of a look at a folder
        board.moves(name, begun);
        if (ended || begun.compareTo(next) < 0 || !gate.lets(begun, board.resumes(name))) {
            return List.of();
        }
        List<List<Watch.Ready>> batches = new ArrayList<>();
        guarded(() -> {
            SftpWatch.Sight sight = watch.look(connected(), clock.instant(), begun);
            gate.open();
            there = sight.there();
            if (!sight.cut()) {
                memory.keep(there.keySet(), begun);
            }
            next = sight.total() > LARGE ? restAfter(begun) : begun;
            if (publish(sight)) {
                batches.addAll(batches(sight.ready()));
            }
        });
        return batches;
    }

    private Duration restAfter(Duration begun) {
        Duration end = ticker.elapsed();
        return end.plus(end.minus(begun).multipliedBy(4));
    }

    /** Tells how the drop is; answers whether anything may be fetched. */
    private boolean publish(SftpWatch.Sight sight) throws IOException {
        if (!sight.safe()) {
            return close(Code.SRC_RECEIPTS_LINK, "receipts on the server is a link or a file; remove it");
        }
        DropBoard.Sight local = spool.all().get(name);
        if (local != null && local.closed() != null) {
            return close(local.closed(), local.reason());
        }
        if (!sight.ready().isEmpty()) {
            // of the first; each batch asks again when its turn comes
            DropRoom.Grant grant = room.toFetch(sight.ready().subList(0, 1), spooled());
            grant.claim().close();
            if (grant.lacks() != null) {
                return close(grant.lacks(), grant.reason());
            }
        }
        board.scanned(name, clock.instant(), sight.waiting(), sight.ignored());
        board.note(name, notes(sight.cut()));
        if (!trouble.isEmpty()) {
            LOG.info("Drop {} is looked at again.", name);
            trouble = "";
        }
        return true;
    }

    /** What was fetched and is not taken yet. */
    private long spooled() throws IOException {
        return setup.drop().folder().list().entries().stream()
                .mapToLong(Entry::size)
                .sum();
    }

    private List<DropBoard.Note> notes(boolean cut) {
        Optional<DropBoard.Note> many = Optional.of(new DropBoard.Note(
                        Code.SRC_TOO_MANY_ENTRIES,
                        "expected at most " + SftpWatch.MOST
                                + " files, found more; what goes beyond is looked at later"))
                .filter(note -> cut);
        return Stream.of(clearing.note(), receipts.note(), many)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<List<Watch.Ready>> batches(List<Watch.Ready> ready) {
        List<List<Watch.Ready>> batches = new ArrayList<>();
        List<Watch.Ready> batch = new ArrayList<>();
        long bytes = 0;
        for (Watch.Ready one : ready) {
            batch.add(one);
            bytes += one.what().entries().stream().mapToLong(Entry::size).sum();
            if (batch.size() >= BATCH || bytes >= BATCH_BYTES) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** Mirrors one batch into the spool, as far as there is room. */
    public void fetch(List<Watch.Ready> batch) {
        onServer(at -> {
            DropRoom.Grant grant = room.toFetch(batch, spooled());
            try (Reserve.Claim claim = grant.claim()) {
                fetch.fetch(at, batch.subList(0, grant.count()), clock.instant(), bytes -> {
                    claim.written(bytes);
                    board.moves(name, ticker.elapsed());
                });
            }
        });
    }

    /** Removes from the server, or moves there, what is in custody. */
    public void clear() {
        onServer(at -> clearing.clear(at, there, ticker.elapsed()));
    }

    /** Carries receipts and rejects to the server. */
    public void carry() {
        onServer(at -> receipts.carry(at, ticker.elapsed()));
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface ServerStep {
        void run(SftpFolder at) throws IOException;
    }

    private void onServer(ServerStep step) {
        SftpFolder at = folder;
        if (at != null && !ended) {
            guarded(() -> step.run(at));
        }
    }

    private SftpFolder connected() throws SftpFault {
        SftpFolder at = folder;
        if (at == null || !at.isOpen()) {
            disconnect();
            at = SftpConnection.open(setup.account(), setup.limits());
            folder = at;
            open = at;
            if (ended) {
                at.close();
            }
        }
        return at;
    }

    private void disconnect() {
        if (folder != null) {
            folder.close();
        }
        folder = null;
        open = null;
    }

    private void guarded(Step step) {
        try {
            step.run();
            board.moves(name, ticker.elapsed());
        } catch (SftpFault e) {
            disconnect();
            gate.failed(e, ticker.elapsed());
            String tries = gate.isStopped() ? "; it is not tried again before it is mended" : "; it is tried again";
            close(e.code(), Printable.all(String.valueOf(e.getMessage())) + tries);
        } catch (SftpRefused e) {
            close(
                    Code.SRC_DIR_MISSING,
                    "expected to list \"" + setup.account().path() + "\" on the server, found " + e.getMessage());
        } catch (IOException e) {
            diskFailed(e);
        } catch (DataAccessException | TransactionException e) {
            trouble("the ledger does not answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    private boolean close(@Nullable Code code, String reason) {
        if (code != null && !ended && (board.closed(name, code, reason) || !trouble.equals(code.name()))) {
            trouble = code.name();
            LOG.warn("Drop {} takes nothing: {}", name, reason);
        }
        return false;
    }

    private void diskFailed(IOException e) {
        if (room.isFull(e)) {
            next = ticker.elapsed().plus(FULL);
            close(
                    Code.DISK_RESERVE,
                    "expected room on the disk of the home, found none; make room, and the taking goes on by itself");
        } else {
            trouble("the disk fails: " + Printable.of(e));
        }
    }

    /** One line, however often it comes again. */
    private void trouble(String words) {
        if (!words.equals(trouble)) {
            trouble = words;
            LOG.warn("Drop {} takes nothing now: {}; tried again at each scan.", name, words);
        }
    }

    /** Ends the connection at once; nothing is looked at any more. */
    @Override
    public void close() {
        ended = true;
        SftpFolder at = open;
        if (at != null) {
            at.close();
        }
    }
}
