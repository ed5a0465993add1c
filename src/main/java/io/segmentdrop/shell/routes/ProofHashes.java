package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.split.Digests;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.files.Turns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of one drop's CSVs, each version hashed once: a small file at once, a large one beside the looks, by threads of
 * the drop's own that take turns with those of other drops. What is gone or changed is hashed no further. Looks are for one
 * thread.
 */
public final class ProofHashes {

    private static final long SMALL = 1 << 20;

    /** As much is hashed at once in one look. */
    private static final long AT_ONCE = 64 * SMALL;

    /** So many may wait for their hash; what comes after them is asked for again by a later look. */
    private static final int WAITING = 64;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final DropFolder folder;
    private final Executor background;
    private final Turns turns;
    private final Runnable lookAgain;
    private final Map<Entry, Hash> hashes = new HashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private long hashedAtOnce;

    /**
     * The hashes of a drop.
     *
     * @param background where the large files of this drop are hashed, and of no other
     * @param turns are taken with other drops
     * @param lookAgain is called there when a hash is known that was not at the time of the look
     */
    public ProofHashes(DropFolder folder, Executor background, Turns turns, Runnable lookAgain) {
        this.folder = folder;
        this.background = background;
        this.turns = turns;
        this.lookAgain = lookAgain;
    }

    /** Two threads, one that hashes and one that fsyncs ahead; they end when there is nothing to do. */
    public static Executor threads(String drop) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                2,
                2,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("proof-" + drop + "-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Whether this version of a CSV has this SHA-256. */
    Fit fits(Entry csv, String sha256) {
        Hash hash = hashes.get(csv);
        if (hash == null) {
            if (csv.size() <= SMALL ? hashedAtOnce >= AT_ONCE : waiting.get() >= WAITING) {
                return Fit.UNKNOWN;
            }
            hash = new Hash(csv);
            hashes.put(csv, hash);
            start(hash);
        }
        return switch (hash.state) {
            case HASHING -> Fit.UNKNOWN;
            case KNOWN -> sha256.equals(hash.found) ? Fit.YES : Fit.NO;
            case CHANGED -> {
                hashes.remove(csv);
                yield Fit.UNKNOWN;
            }
            case UNREADABLE -> {
                hashes.remove(csv);
                yield Fit.UNREADABLE;
            }
        };
    }

    private void start(Hash hash) {
        if (hash.csv.size() <= SMALL) {
            hashedAtOnce += hash.csv.size();
            hash.run();
        } else {
            waiting.incrementAndGet();
            background.execute(hash::force);
            background.execute(() -> {
                hash.run();
                waiting.decrementAndGet();
                if (hash.state == State.KNOWN) {
                    lookAgain.run();
                }
            });
        }
    }

    /** A look ends: what is no longer in the folder as it was is forgotten, and its hash given up. */
    void keep(Set<Entry> there) {
        hashedAtOnce = 0;
        hashes.values().removeIf(hash -> {
            hash.wanted = there.contains(hash.csv);
            return !hash.wanted;
        });
    }

    private enum State {
        HASHING,
        KNOWN,
        /** It is gone, or another file by now. */
        CHANGED,
        UNREADABLE
    }

    /** The hash of one version of one CSV. */
    private final class Hash {

        private final Entry csv;
        private final Path file;
        private volatile boolean wanted = true;
        private volatile State state = State.HASHING;
        private volatile @Nullable String found;

        Hash(Entry csv) {
            this.csv = csv;
            this.file = folder.path().resolve(csv.name());
        }

        void run() {
            try {
                state = wanted && isStill() && read() ? State.KNOWN : State.CHANGED;
            } catch (NoSuchFileException e) {
                state = State.CHANGED;
            } catch (IOException e) {
                state = State.UNREADABLE;
            }
        }

        /** The take fsyncs the file; if its bytes are on their way to the disk while they are hashed, it has little to wait for. */
        void force() {
            try {
                if (wanted && isStill()) {
                    new Disk().forceFile(file);
                }
            } catch (IOException e) {
                // the take will meet it too, and tells
            }
        }

        /** Looked at right before it is opened, since by now it may be a pipe, on which an open waits for ever. */
        private boolean isStill() throws IOException {
            return Mark.of(file)
                    .filter(new Mark(csv.size(), csv.mtimeNanos(), csv.identity())::equals)
                    .isPresent();
        }

        /** False if it has become another file, or is wanted no longer. */
        private boolean read() throws IOException {
            MessageDigest digest = Digests.sha256();
            byte[] slice = new byte[(int) Math.min(Turns.SLICE, csv.size() + 1)];
            long read = 0;
            try (InputStream in = Opener.stream(file)) {
                for (int count = in.read(slice); count >= 0; count = in.read(slice)) {
                    int length = count;
                    read += length;
                    if (!wanted || read > csv.size()) {
                        return false;
                    }
                    turns.next(() -> digest.update(slice, 0, length));
                }
            }
            found = Digests.hex(digest);
            return read == csv.size();
        }
    }
}
