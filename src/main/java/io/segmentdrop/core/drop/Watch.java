package io.segmentdrop.core.drop;

import io.segmentdrop.core.drop.Candidate.Ambiguous;
import io.segmentdrop.core.drop.Candidate.Ignored;
import io.segmentdrop.core.drop.Candidate.LoneCsv;
import io.segmentdrop.core.drop.Candidate.LoneSidecar;
import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the last scan of one drop saw, and says what is ready to be taken (design, section 4). It never waits: what is
 * not ready is looked at again in the next scan, so that a slow upload holds up nobody. What is ready stays ready until it is
 * gone or changed; what is gone is forgotten, so that the memory is bounded by the listing. Not thread-safe.
 */
public final class Watch {

    private final Settings settings;
    private Map<String, Sight> sights = new HashMap<>();

    public Watch(Settings settings) {
        this.settings = settings;
    }

    /**
     * How patient it is.
     *
     * @param settleFor how long a pair without a proof must have been unchanged
     * @param orphanAfter after what age a lone file, or a pair whose proof does not fit, is taken to be refused
     */
    public record Settings(Duration settleFor, Duration orphanAfter) {

        public Settings {
            if (settleFor.isNegative() || orphanAfter.isNegative()) {
                throw new IllegalArgumentException(
                        "expected durations from 0, found " + settleFor + " and " + orphanAfter);
            }
        }
    }

    /** Whether the CSV has the SHA-256 that its sidecar says. */
    public enum Fit {
        YES,
        NO,
        /** Still being computed, or the file cannot be read now. */
        UNKNOWN
    }

    /** What one scan says of one candidate. */
    public sealed interface Finding {}

    /**
     * To be taken now.
     *
     * @param orphan why it will be refused: {@code SIDE_MISSING}, {@code CSV_MISSING}, {@code SIDE_AMBIGUOUS}, {@code
     *     NAME_UNICODE_AMBIGUOUS}, {@code CSV_SIZE_MISMATCH} or {@code CSV_HASH_MISMATCH}; null for a complete pair
     * @param changed the mtime of its latest file
     */
    public record Ready(Candidate what, @Nullable Code orphan, Instant changed) implements Finding {}

    /**
     * Not to be touched yet.
     *
     * @param name of the CSV, or of a sidecar without one
     * @param why {@code WAIT_SIDECAR}, {@code WAIT_CSV}, {@code WAIT_PROOF} or {@code WAIT_SETTLE}
     * @param reason the same in a clause, with what was found
     * @param since when it arrived or was last changed
     */
    public record Waiting(String name, Code why, String reason, Instant since) implements Finding {

        /** Where there is no more to say than the code does. */
        public Waiting(String name, Code why, Instant since) {
            this(name, why, why.meaning(), since);
        }

        /** The name of the CSV, for the receipt; of a lone sidecar, of the one that it waits for. */
        public String csvName() {
            return Names.isJson(name) ? Names.withoutExtension(name) : name;
        }
    }

    /**
     * What one scan says of the whole listing.
     *
     * @param ready by the mtime of the latest file, then by name
     * @param waiting the oldest first, then by name
     * @param ignored how many entries are none of our business
     */
    public record Scan(List<Ready> ready, List<Waiting> waiting, int ignored) {

        public Scan {
            ready = List.copyOf(ready);
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * Judges one listing. The two functions are asked in every scan about each pair of regular files that still waits, so they
     * should remember their answers; they must not throw, or the others of the listing go without an answer.
     *
     * @param now never before the last scan's, but for a clock that was set back, which costs a settle time at most
     * @param proofs what the pair's sidecar proves; null if it proves nothing or cannot be read
     * @param fits whether the CSV, as it stands in this listing, has this SHA-256; asked only where {@code bytes} fits, or, without
     *     {@code bytes}, where the pair was the same in two scans
     */
    public Scan scan(
            List<Entry> listing,
            Instant now,
            Function<Pair, @Nullable Proof> proofs,
            BiFunction<Pair, String, Fit> fits) {
        Map<String, Sight> next = HashMap.newHashMap(sights.size());
        List<Ready> ready = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        int ignored = 0;
        for (Candidate candidate : Pairing.of(listing)) {
            if (candidate instanceof Ignored) {
                ignored++;
                continue;
            }
            Sight sight = Sight.after(sights.get(candidate.name()), candidate, now);
            next.put(candidate.name(), sight);
            switch (judge(sight, now, proofs, fits)) {
                case Ready r -> ready.add(r);
                case Waiting w -> waiting.add(w);
            }
        }
        sights = next;
        ready.sort(
                Comparator.comparing(Ready::changed).thenComparing(r -> r.what().name()));
        waiting.sort(Comparator.comparing(Waiting::since).thenComparing(Waiting::name));
        return new Scan(ready, waiting, ignored);
    }

    private Finding judge(
            Sight sight, Instant now, Function<Pair, @Nullable Proof> proofs, BiFunction<Pair, String, Fit> fits) {
        return switch (sight.candidate()) {
            case Pair pair -> judgePair(pair, sight, now, proofs, fits);
            case Ambiguous ambiguous -> settle(sight, now, ambiguous.code());
            case LoneCsv lone -> age(sight, now, Code.WAIT_SIDECAR, Code.SIDE_MISSING);
            case LoneSidecar lone -> age(sight, now, Code.WAIT_CSV, Code.CSV_MISSING);
            case Ignored ignored -> throw new IllegalStateException("an ignored entry has no finding");
        };
    }

    private Finding judgePair(
            Pair pair,
            Sight sight,
            Instant now,
            Function<Pair, @Nullable Proof> proofs,
            BiFunction<Pair, String, Fit> fits) {
        if (!pair.csv().isFile() || !pair.sidecar().isFile()) {
            return settle(sight, now, null);
        }
        Proof proof = proofs.apply(pair);
        if (proof == null || proof.isEmpty()) {
            return settle(sight, now, null);
        }
        if (proof.bytes() != null && proof.bytes() != pair.csv().size()) {
            return age(sight, now, Code.WAIT_PROOF, Code.CSV_SIZE_MISMATCH);
        }
        return proof.sha256() == null ? sight.ready(null) : judgeHash(pair, proof, proof.sha256(), sight, now, fits);
    }

    private Finding judgeHash(
            Pair pair, Proof proof, String sha256, Sight sight, Instant now, BiFunction<Pair, String, Fit> fits) {
        if (proof.bytes() == null && !sight.again()) {
            return sight.waiting(Code.WAIT_PROOF);
        }
        return switch (fits.apply(pair, sha256)) {
            case YES -> sight.ready(null);
            case NO -> age(sight, now, Code.WAIT_PROOF, Code.CSV_HASH_MISMATCH);
            case UNKNOWN -> sight.waiting(Code.WAIT_PROOF);
        };
    }

    /** Ready when unchanged for long enough. */
    private Finding settle(Sight sight, Instant now, @Nullable Code orphan) {
        boolean still = sight.again() && reached(sight.first(), now, settings.settleFor());
        return still ? sight.ready(orphan) : new Waiting(sight.candidate().name(), Code.WAIT_SETTLE, sight.first());
    }

    /** Ready to be refused when too old. Twice seen, for a listing that is read while files are renamed may miss one. */
    private Finding age(Sight sight, Instant now, Code waits, Code orphan) {
        boolean old = sight.again() && reached(sight.since(), now, settings.orphanAfter());
        return old ? sight.ready(orphan) : sight.waiting(waits);
    }

    private static boolean reached(Instant since, Instant now, Duration atLeast) {
        return Duration.between(since, now).compareTo(atLeast) >= 0;
    }

    /**
     * One state of one candidate.
     *
     * @param first the scan that saw this state first
     * @param again whether an earlier scan saw the same state
     */
    private record Sight(Candidate candidate, Instant first, boolean again) {

        static Sight after(@Nullable Sight last, Candidate candidate, Instant now) {
            if (last == null || !last.candidate.equals(candidate)) {
                return new Sight(candidate, now, false);
            }
            return new Sight(candidate, last.first.isAfter(now) ? now : last.first, true);
        }

        /** When the latest file arrived or was last changed; never after the first scan that saw it. */
        Instant since() {
            Instant changed = Instant.ofEpochMilli(latest(Entry::changedMillis));
            return changed.isAfter(first) ? first : changed;
        }

        Ready ready(@Nullable Code orphan) {
            return new Ready(candidate, orphan, Instant.ofEpochSecond(0, latest(Entry::mtimeNanos)));
        }

        Waiting waiting(Code why) {
            return new Waiting(candidate.name(), why, since());
        }

        private long latest(ToLongFunction<Entry> time) {
            return candidate.entries().stream().mapToLong(time).max().orElseThrow();
        }
    }
}
