package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import java.io.IOException;
import java.nio.file.Path;
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

    private static final Executor FORCING = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("proof-force").factory());

    private final DropFolder folder;
    private final Executor background;
    private final Runnable lookAgain;
    private final Map<Entry, SidecarParser.Parsed> parsed = new HashMap<>();
    private final Map<Entry, CompletableFuture<@Nullable String>> hashes = new HashMap<>();

    /**
     * The sidecars of a drop.
     *
     * @param background where large files are hashed
     * @param lookAgain is called there when a hash is known that was not at the time of the look
     */
    Sidecars(DropFolder folder, Executor background, Runnable lookAgain) {
        this.folder = folder;
        this.background = background;
        this.lookAgain = lookAgain;
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
        Path file = folder.path().resolve(csv.name());
        if (csv.size() <= SMALL) {
            return CompletableFuture.completedFuture(Custody.sha256(file));
        }
        FORCING.execute(() -> forceAhead(file));
        CompletableFuture<@Nullable String> hash = new CompletableFuture<>();
        background.execute(() -> complete(hash, file));
        return hash;
    }

    private void complete(CompletableFuture<@Nullable String> hash, Path file) {
        String known = null;
        try {
            known = Custody.sha256(file);
        } finally {
            hash.complete(known);
        }
        if (known != null) {
            lookAgain.run();
        }
    }

    /** The take forces the file; if its bytes are on their way to the disk while they are hashed, it has little to wait for. */
    private static void forceAhead(Path file) {
        try {
            new Disk().forceFile(file);
        } catch (IOException e) {
            // the take will meet it too, and tells
        }
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
