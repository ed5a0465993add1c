package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.camel.Account;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Mirrored;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One SFTP drop, whose connections are its {@linkplain SftpShare shares}: one look serves them all, and each fetches its part of
 * what is ready. A server that fails is left alone for a while. It shares nothing with other drops. Shares have a thread each.
 */
public final class SftpDrop implements AutoCloseable {

    /**
     * How it was configured.
     *
     * @param watch how patient it is with the server's folder
     * @param keep whether files are moved to {@code taken/} instead of removed
     * @param connections how many fetch side by side
     */
    public record Setup(
            Drop drop, Account account, Limits limits, Watch.Settings watch, boolean keep, int connections) {}

    /** A folder with more entries than this is looked at less often. */
    private static final long LARGE = 10_000;

    private final Setup setup;
    private final String name;
    private final DropBoard board;
    private final DropBoard spool;
    private final DropRoom room;
    private final InstantSource clock;
    private final Ticker ticker;
    private final List<SftpShare> shares;
    private final SftpParts parts;
    private final SftpTrouble trouble;
    private final SftpWatch watch;
    private final SftpFetch fetch;
    private final SftpClearing clearing;
    private final SftpReceipts receipts;
    private final SftpMemory memory;
    private final ReentrantLock carrying = new ReentrantLock();
    private final ReentrantLock naming = new ReentrantLock();
    private Map<Mirrored.Row, List<Entry>> there = new LinkedHashMap<>();
    private Duration next = Duration.ZERO;
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
        this.watch = new SftpWatch(setup.watch().hashingWhatSettled(), sidecars, memory);
        this.fetch = new SftpFetch(setup.drop().folder(), disk, memory, sidecars, together);
        this.clearing = new SftpClearing(name, setup.drop().folder(), imports, memory, setup.keep(), together);
        this.receipts = new SftpReceipts(setup.drop().folder());
        this.trouble = new SftpTrouble(setup, board, room, new SftpGate(setup.account(), random), ticker);
        this.shares = IntStream.range(0, setup.connections())
                .mapToObj(number -> new SftpShare(this, number))
                .toList();
        this.parts = new SftpParts(shares);
        board.add(name);
        disk.makeFolder(setup.drop().folder().path());
        fetch.recover();
    }

    Setup setup() {
        return setup;
    }

    /** Its connections, the first of which is enough. */
    public List<SftpShare> shares() {
        return shares;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether this share may ask the server now. */
    synchronized boolean lets(SftpShare share) {
        Duration now = ticker.elapsed();
        // the server's phases have their own deadlines, longer than that of a look at a folder
        board.moves(name, now);
        return !ended
                && now.compareTo(next) >= 0
                && trouble.lets(now)
                && (share.isConnected()
                        || share.isFirst()
                        || (parts.isAnyConnected() && now.compareTo(share.rests()) >= 0));
    }

    /** What this share is to fetch now; looks at the server, unless another share just did. */
    synchronized List<Watch.Ready> look(SftpShare share, SftpFolder at) throws IOException {
        Duration begun = ticker.elapsed();
        if (!parts.isFresh(share, begun, setup.drop().scanEvery())) {
            fetch.finish();
            SftpWatch.Sight sight = watch.look(at, clock.instant(), begun);
            trouble.none();
            there = sight.there();
            if (!sight.cut()) {
                memory.keep(there.keySet(), begun);
            }
            next = sight.total() > LARGE ? restAfter(begun) : begun;
            parts.seen(share, begun, publish(sight) ? sight.ready() : List.of());
        }
        return parts.take(share);
    }

    private Duration restAfter(Duration begun) {
        Duration end = ticker.elapsed();
        return end.plus(end.minus(begun).multipliedBy(4));
    }

    /** Tells how the drop is; answers whether anything may be fetched. */
    private boolean publish(SftpWatch.Sight sight) throws IOException {
        if (!sight.safe()) {
            return trouble.close(Code.SRC_RECEIPTS_LINK, "receipts on the server is a link or a file; remove it");
        }
        DropBoard.Sight local = spool.all().get(name);
        if (local != null && local.closed() != null) {
            return trouble.close(local.closed(), local.reason());
        }
        if (!sight.ready().isEmpty()) {
            // of the first; each lot asks again when its turn comes
            DropRoom.Grant grant = grant(sight.ready().subList(0, 1));
            grant.claim().close();
            if (grant.lacks() != null) {
                return trouble.close(grant.lacks(), grant.reason());
            }
        }
        board.scanned(name, clock.instant(), sight.waiting(), sight.ignored());
        board.note(name, notes(sight.cut()));
        trouble.over();
        return true;
    }

    private DropRoom.Grant grant(List<Watch.Ready> ready) throws IOException {
        synchronized (room) {
            // what was fetched and is not taken yet counts too
            long spooled = setup.drop().folder().list().entries().stream()
                    .mapToLong(Entry::size)
                    .sum();
            return room.toFetch(ready, spooled);
        }
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

    /** Downloads a lot to temporary names in the spool, as far as there is room. */
    void fetch(SftpShare share, SftpLot lot) {
        onServer(share, at -> {
            DropRoom.Grant grant = grant(lot.ready());
            lot.holds(grant.claim());
            lot.found(fetch.download(at, lot.ready().subList(0, grant.count()), clock.instant(), bytes -> {
                grant.claim().written(bytes);
                board.moves(name, ticker.elapsed());
            }));
        });
        release(share, lot.notFound());
    }

    /** Gives the files of a lot their names in the spool, and those of others that waited for it. */
    void mirror(SftpShare share, List<Mirrored.Row> rows) {
        synchronized (this) {
            parts.fetched(rows);
        }
        name(share);
    }

    private void name(SftpShare share) {
        naming.lock();
        try {
            List<Mirrored.Row> due = due();
            if (!due.isEmpty()) {
                guarded(share, () -> fetch.place(due));
                done(due);
            }
        } finally {
            naming.unlock();
        }
    }

    private synchronized List<Mirrored.Row> due() {
        return parts.due();
    }

    private synchronized void done(List<Mirrored.Row> rows) {
        parts.done(rows);
    }

    /** Removes from the server, or moves there, what is in custody. No look meanwhile, which would find it by halves. */
    synchronized void clear(SftpShare share) {
        onServer(share, at -> clearing.clear(at, there, ticker.elapsed()));
    }

    /** Carries receipts and rejects to the server, unless another share does. */
    void carry(SftpShare share) {
        if (carrying.tryLock()) {
            try {
                onServer(share, at -> receipts.carry(at, ticker.elapsed()));
            } finally {
                carrying.unlock();
            }
        }
    }

    /** What a share did not fetch may be fetched by any, and nothing waits for it any more. */
    void release(SftpShare share, Collection<String> names) {
        synchronized (this) {
            parts.release(names);
        }
        name(share);
    }

    /** The poll of a share failed. */
    synchronized void failed(SftpShare share, Throwable cause) {
        if (!share.isConnecting() || !parts.isAnyConnected() || !trouble.noMore(share, cause)) {
            trouble.of(share, cause);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface ServerStep {
        void run(SftpFolder at) throws IOException;
    }

    private void onServer(SftpShare share, ServerStep step) {
        SftpFolder at = share.folder();
        if (at != null && at.isOpen() && !ended) {
            guarded(share, () -> step.run(at));
        }
    }

    private void guarded(SftpShare share, Step step) {
        @Nullable Exception fault = null;
        try {
            step.run();
            board.moves(name, ticker.elapsed());
        } catch (IOException | RuntimeException e) {
            fault = e;
        }
        if (fault != null) {
            trouble.of(share, fault);
        }
    }

    /** Ends the connections at once; nothing is looked at any more. */
    @Override
    public void close() {
        ended = true;
        trouble.end();
        shares.forEach(SftpShare::close);
    }
}
