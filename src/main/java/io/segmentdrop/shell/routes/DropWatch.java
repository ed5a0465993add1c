package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.files.Listing;
import io.segmentdrop.shell.files.Rights;
import io.segmentdrop.shell.health.DropBoard;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The eyes of one local drop: before each poll of Camel's {@code file:} consumer it lists the folder itself, without
 * following links, and decides what is ready; that is what the consumer is then shown. Nothing here waits for a file, so a slow upload, an empty file or a pipe holds up nobody.
 */
public final class DropWatch implements PollingConsumerPollStrategy, GenericFileFilter<File> {

    /** Goes on with what was begun in a drop. */
    @FunctionalInterface
    public interface BeforeScan {

        /** Why there is no room to go on; empty if there is. */
        Optional<String> look(Drop drop);
    }

    private static final Logger LOG = LoggerFactory.getLogger(DropWatch.class);

    private final Drop drop;
    private final Watch watch;
    private final Sidecars sidecars;
    private final DropBoard board;
    private final DropRoom room;
    private final InstantSource clock;
    private final Ticker ticker;
    private final BeforeScan beforeScan;
    private final KnownFolders folders;
    private final EarlyReceipts early;
    private Map<String, Watch.Ready> ready = Map.of();
    private DropRoom.@Nullable Grant granted;
    private boolean tooMany;

    /**
     * The watch of one drop.
     *
     * @param room is asked before anything is taken
     * @param beforeScan what is to be done with the drop before each look, so that what was begun is not seen as new
     * @param folders knows whether the drop's folder is the one that it was
     * @param early tells the partner of what waits
     */
    public DropWatch(
            Drop drop,
            DropBoard board,
            DropRoom room,
            InstantSource clock,
            Ticker ticker,
            BeforeScan beforeScan,
            ProofHashes hashes,
            KnownFolders folders,
            EarlyReceipts early) {
        this.drop = drop;
        this.watch = new Watch(drop.watch());
        this.sidecars = new Sidecars(drop, hashes);
        this.board = board;
        this.room = room;
        this.clock = clock;
        this.ticker = ticker;
        this.beforeScan = beforeScan;
        this.folders = folders;
        this.early = early;
        board.add(drop.name());
    }

    @Override
    public synchronized boolean begin(Consumer consumer, Endpoint endpoint) {
        board.looks(drop.name(), ticker.elapsed());
        try {
            return look();
        } finally {
            board.moves(drop.name(), ticker.elapsed());
        }
    }

    private boolean look() {
        release();
        try {
            Optional<String> another = folders.look(drop);
            if (another.isPresent()) {
                return close(Code.SRC_DIR_REPLACED, another.get());
            }
            if (!drop.folder().areReceiptsSafe()) {
                return close(Code.SRC_RECEIPTS_LINK, drop.folder().path() + "/receipts is a link or a file; remove it");
            }
            Optional<String> full = beforeScan.look(drop);
            if (full.isPresent()) {
                return close(Code.DISK_RESERVE, full.get());
            }
            return scan(drop.folder().list(watch::asSeen));
        } catch (DataAccessException | TransactionException e) {
            // who went on with what was begun met it too, and told
            return false;
        } catch (AccessDeniedException e) {
            return close(
                    Code.SRC_PERMISSION,
                    "expected the right to read the folder " + drop.folder().path() + ", found none");
        } catch (IOException e) {
            sidecars.keep(List.of());
            return close(
                    Code.SRC_DIR_MISSING,
                    "expected to read the folder " + drop.folder().path() + ", found "
                            + e.getClass().getSimpleName() + "; make it, or give segment-drop the right to read it");
        }
    }

    private boolean scan(Listing listing) throws IOException {
        Instant now = clock.instant();
        Watch.Scan scan = watch.scan(
                new Watch.Look(listing.entries(), listing.whole(), now, ticker.elapsed()),
                sidecars::proof,
                sidecars::fits);
        Rights rights = drop.folder().rights();
        Permitted permitted = Permitted.of(scan, listing.entries(), rights, now);
        List<Watch.Waiting> waiting = new ArrayList<>(permitted.waiting());
        List<Watch.Ready> found = new ArrayList<>();
        for (Watch.Ready one : permitted.ready()) {
            if (one.what().entries().stream().anyMatch(DropWatch::isUndecodable)) {
                // Java cannot name such a file, so it stays where it is and is shown
                waiting.add(new Watch.Waiting(one.what().name(), Code.NAME_NOT_UTF8, one.changed()));
            } else {
                found.add(one);
            }
        }
        sidecars.keep(listing.entries());
        board.note(drop.name(), notes(permitted, listing));
        if (rights.lacking().isPresent()) {
            early.tell(waiting, now);
            String reason = rights.lacking().get();
            if (board.closed(drop.name(), Code.SRC_PERMISSION, reason, now, waiting, scan.ignored())) {
                tell(reason);
            }
            return false;
        }
        if (!found.isEmpty()) {
            DropRoom.Grant grant = room.toTake(found, drop.folder());
            granted = grant;
            if (grant.lacks() != null && grant.count() == 0) {
                early.tell(waiting, now);
                return close(grant.lacks(), grant.reason());
            }
            for (Watch.Ready one : found.subList(grant.count(), found.size())) {
                waiting.add(new Watch.Waiting(one.what().name(), Objects.requireNonNull(grant.lacks()), one.changed()));
            }
            Map<String, Watch.Ready> taken = new LinkedHashMap<>();
            found.subList(0, grant.count()).forEach(one -> taken.put(one.what().name(), one));
            ready = taken;
        }
        early.tell(waiting, now);
        board.scanned(drop.name(), now, waiting, scan.ignored() + listing.others());
        return !ready.isEmpty();
    }

    /** What was found before is found again; what of it was not taken needs no room meanwhile. */
    private void release() {
        ready = Map.of();
        if (granted != null) {
            granted.claim().close();
            granted = null;
        }
    }

    private List<DropBoard.Note> notes(Permitted permitted, Listing listing) {
        Optional<DropBoard.Note> group = Optional.of(
                        new DropBoard.Note(Code.SRC_RECEIPTS_GROUP, Code.SRC_RECEIPTS_GROUP.meaning()))
                .filter(note -> drop.folder().areReceiptsWithoutGroup());
        return Stream.of(permitted.note(), group, tooMany(listing), board.exchanges(drop.name(), ticker.elapsed()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What is taken makes room, so that what is not looked at now has its turn. */
    private Optional<DropBoard.Note> tooMany(Listing listing) {
        boolean is = !listing.whole();
        String found = "expected at most " + listing.entries().size() + " files, found more; what goes beyond waits";
        if (is && !tooMany) {
            LOG.warn("Drop {}: {}.", drop.name(), found);
        }
        tooMany = is;
        return Optional.of(new DropBoard.Note(Code.SRC_TOO_MANY_ENTRIES, found)).filter(note -> is);
    }

    private static boolean isUndecodable(Entry entry) {
        return entry.name().indexOf('\uFFFD') >= 0;
    }

    private boolean close(Code code, String reason) {
        release();
        if (board.closed(drop.name(), code, reason)) {
            tell(reason);
        }
        return false;
    }

    private void tell(String reason) {
        LOG.warn("Drop {} takes nothing: {}", drop.name(), reason);
    }

    /** What the consumer is shown: of each pair that is ready its CSV, of anything else that is to be taken its name. */
    synchronized List<String> names() {
        return List.copyOf(ready.keySet());
    }

    @Override
    public synchronized boolean accept(GenericFile<File> file) {
        return ready.containsKey(name(file));
    }

    /**
     * The pairs of one poll, which are taken together, in the order in which they came.
     *
     * @param files what the consumer was shown
     */
    public synchronized List<Complete> complete(List<GenericFile<File>> files) {
        DropRoom.Grant grant = granted;
        if (grant == null) {
            return List.of();
        }
        Set<String> shown = files.stream().map(DropWatch::name).collect(Collectors.toSet());
        return ready.entrySet().stream()
                .filter(one -> shown.contains(one.getKey()))
                .map(one -> complete(one.getValue(), grant))
                .toList();
    }

    private Complete complete(Watch.Ready one, DropRoom.Grant grant) {
        return new Complete(drop, one, said(one.what()), grant.claim(), grant.copies() * DropRoom.size(one));
    }

    // Camel's own name of a file takes a backslash for a separator
    private static String name(GenericFile<?> file) {
        return ((File) file.getFile()).getName();
    }

    private Sidecars.Said said(Candidate what) {
        return what instanceof Candidate.Pair pair && pair.sidecar().isFile()
                ? sidecars.of(pair)
                : Sidecars.Said.NOTHING;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        board.moves(drop.name(), ticker.elapsed());
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        LOG.warn("Cannot poll drop {}: {}; polling again.", drop.name(), String.valueOf(cause.getMessage()));
        return false;
    }
}
