package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SidecarParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sidecars of one drop say, each read once a version, and whether their proofs fit. Of a sidecar no more is kept than
 * its take needs, since a folder may hold many. Not thread-safe.
 */
final class Sidecars {

    /**
     * What a sidecar says.
     *
     * @param proof null if it cannot be understood
     * @param segment null if it names none that exists already
     * @param creates the name of the segment that is to be created; null if none is
     */
    record Said(
            @Nullable Proof proof,
            @Nullable Long segment,
            @Nullable String creates) {

        /** Of what cannot be read, or not understood. */
        static final Said NOTHING = new Said(null, null, null);
    }

    private final Drop drop;
    private final ProofHashes hashes;
    private final Map<Entry, Said> said = new HashMap<>();

    Sidecars(Drop drop, ProofHashes hashes) {
        this.drop = drop;
        this.hashes = hashes;
    }

    /** What the pair's sidecar proves; null if it proves nothing or cannot be read, or if the check refuses such a CSV unread. */
    @Nullable
    Proof proof(Pair pair) {
        return pair.csv().size() > drop.check().maxBytes() ? null : of(pair).proof();
    }

    /** What the pair's sidecar says. */
    Said of(Pair pair) {
        Said known = said.get(pair.sidecar());
        if (known == null) {
            try {
                byte[] bytes = drop.folder().readSidecar(pair.sidecar().name());
                known = said(SidecarParser.parse(bytes, pair.csv().name()));
                said.put(pair.sidecar(), known);
            } catch (IOException e) {
                return Said.NOTHING;
            }
        }
        return known;
    }

    private Said said(SidecarParser.Parsed sidecar) {
        if (!sidecar.ok()) {
            return Said.NOTHING;
        }
        Settings settings = sidecar.settings();
        SegmentRef segment = settings.segment();
        return new Said(
                new Proof(settings.number(Key.BYTES), settings.text(Key.SHA256)),
                segment instanceof SegmentRef.Id(long id) ? id : null,
                segment instanceof SegmentRef.Create create ? create.name() : null);
    }

    Fit fits(Pair pair, String sha256) {
        return hashes.fits(pair.csv(), sha256);
    }

    /** Forgets what is no longer in the folder as it was. */
    void keep(List<Entry> listing) {
        Set<Entry> there = new HashSet<>(listing);
        said.keySet().retainAll(there);
        hashes.keep(there);
    }
}
