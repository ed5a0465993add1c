package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Pairing;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.camel.SftpFault;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.files.Together;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the sidecars on a server prove: each is read once a version, and never more than 64 KiB of it. A CSV's SHA-256 is
 * known only after its download, so that a CSV of the right size is taken to fit until it was found not to; then it is
 * not downloaded again until its listing changes. Looks are for one thread; proofs may be asked for side by side.
 */
final class SftpSidecars {

    private static final int LIMIT = 64 << 10;
    private static final long KEPT = 8L << 20;
    private static final Proof NOTHING = new Proof(null, null);

    private final Together together;
    private final Map<Entry, Proof> proofs = new ConcurrentHashMap<>();
    private final Set<Entry> unfit = ConcurrentHashMap.newKeySet();
    private final Map<Entry, byte[]> texts = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private volatile @Nullable SftpFolder folder;
    private volatile @Nullable SftpFault fault;

    SftpSidecars(Together together) {
        this.together = together;
    }

    /** A look begins: what is no longer there as it was is forgotten. */
    void begin(SftpFolder at, List<Entry> listing) {
        folder = at;
        fault = null;
        texts.clear();
        kept.set(0);
        if (!proofs.isEmpty() || !unfit.isEmpty()) {
            Set<Entry> there = new HashSet<>(listing);
            proofs.keySet().retainAll(there);
            unfit.retainAll(there);
        }
        together.each(
                Pairing.of(listing).stream()
                        .filter(Pair.class::isInstance)
                        .map(Pair.class::cast)
                        .toList(),
                this::proof);
    }

    /** A look ends; what the server did meanwhile is told now, since nothing may be thrown in between. */
    void end() throws SftpFault {
        if (fault != null) {
            throw fault;
        }
    }

    /** What the pair's sidecar proves; nothing if it cannot be read. */
    Proof proof(Pair pair) {
        Proof known = proofs.get(pair.sidecar());
        if (known != null || fault != null) {
            return known == null ? NOTHING : known;
        }
        try {
            Proof read = read(pair);
            if (read != null) {
                proofs.put(pair.sidecar(), read);
                return read;
            }
        } catch (SftpFault e) {
            fault = e;
        } catch (IOException e) {
            // the server keeps it: the pair settles, and its download tells why
        }
        return NOTHING;
    }

    private @Nullable Proof read(Pair pair) throws IOException {
        if (pair.sidecar().size() > LIMIT) {
            return NOTHING;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!Objects.requireNonNull(folder).copy(pair.sidecar(), bytes)) {
            return null;
        }
        keep(pair.sidecar(), bytes.toByteArray());
        SidecarParser.Parsed parsed =
                SidecarParser.parse(bytes.toByteArray(), pair.csv().name());
        return parsed.ok()
                ? new Proof(
                        parsed.settings().number(Key.BYTES), parsed.settings().text(Key.SHA256))
                : NOTHING;
    }

    private void keep(Entry sidecar, byte[] text) {
        if (kept.addAndGet(text.length) <= KEPT) {
            texts.put(sidecar, text);
        }
    }

    /**
     * The sidecar as this look read it for its proof, so that it need not be asked for twice; null if it was not. What an
     * earlier look read may be another's by now, of the same size and second.
     */
    byte @Nullable [] text(Entry sidecar) {
        return texts.get(sidecar);
    }

    /** The SHA-256 that the pair's sidecar promises; null if it promises none. */
    @Nullable
    String promised(Pair pair) {
        return proof(pair).sha256();
    }

    /** Whether the CSV may be downloaded to see whether it fits. */
    Fit fits(Pair pair, String sha256) {
        return unfit.contains(pair.csv()) ? Fit.NO : Fit.YES;
    }

    /** Its download was not what the sidecar promises. */
    void doesNotFit(Pair pair) {
        unfit.add(pair.csv());
    }
}
