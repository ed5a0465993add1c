package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.DropFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What the sidecars of one drop say, and whether their proofs fit: each sidecar is read once a version, each CSV hashed once
 * a version, a large one in the background. Not thread-safe but for the hashing.
 */
final class Sidecars {

    private static final long SMALL = 1 << 20;

    /** One thread for the large files of all drops, since the disk is one too. */
    static final Executor BACKGROUND = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("proof-hash").factory());

    private final DropFolder folder;
    private final Executor background;
    private final Map<Entry, SidecarParser.Parsed> parsed = new HashMap<>();
    private final Map<Entry, CompletableFuture<@Nullable String>> hashes = new HashMap<>();

    /**
     * The sidecars of a drop.
     *
     * @param background where large files are hashed
     */
    Sidecars(DropFolder folder, Executor background) {
        this.folder = folder;
        this.background = background;
    }

    /** What the pair's sidecar proves; null if it proves nothing or cannot be read. */
    @Nullable
    Proof proof(Pair pair) {
        SidecarParser.Parsed sidecar = parsed(pair);
        if (sidecar == null || !sidecar.ok()) {
            return null;
        }
        return new Proof(
                sidecar.settings().number(Key.BYTES), sidecar.settings().text(Key.SHA256));
    }

    SidecarParser.@Nullable Parsed parsed(Pair pair) {
        SidecarParser.Parsed known = parsed.get(pair.sidecar());
        if (known == null) {
            try {
                byte[] bytes = folder.readSidecar(pair.sidecar().name());
                known = SidecarParser.parse(bytes, pair.csv().name());
                parsed.put(pair.sidecar(), known);
            } catch (IOException e) {
                return null;
            }
        }
        return known;
    }

    Fit fits(Pair pair, String sha256) {
        CompletableFuture<@Nullable String> hash = hashes.computeIfAbsent(pair.csv(), this::hash);
        if (!hash.isDone()) {
            return Fit.UNKNOWN;
        }
        String found = hash.join();
        if (found == null) {
            hashes.remove(pair.csv());
            return Fit.UNKNOWN;
        }
        return found.equals(sha256) ? Fit.YES : Fit.NO;
    }

    private CompletableFuture<@Nullable String> hash(Entry csv) {
        Executor where = csv.size() <= SMALL ? Runnable::run : background;
        return CompletableFuture.supplyAsync(() -> Custody.sha256(folder.path().resolve(csv.name())), where);
    }

    /** Forgets what is no longer in the folder as it was. */
    void keep(List<Entry> listing) {
        if (!parsed.isEmpty() || !hashes.isEmpty()) {
            Set<Entry> there = new HashSet<>(listing);
            parsed.keySet().retainAll(there);
            hashes.keySet().retainAll(there);
        }
    }
}
