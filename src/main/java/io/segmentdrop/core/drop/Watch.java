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
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the last look at one drop saw, and says what is ready to be taken (design, section 4). It never waits: what is
 * not ready is judged again by the next look, so that a slow upload holds up nobody. What is ready stays ready until it is
 * gone or changed; what is gone is forgotten, so that the memory is bounded by the listing. Not thread-safe.
 *
 * <p>Ages count the time in which the folder was looked at, since this program began: neither a clock that is set nor a
 * folder that was away makes a file old whose other half is on its way.
 */
public final class Watch {

    private final Settings settings;
    private Map<String, Standing> standings = new HashMap<>();
    private Duration lastLook = Duration.ZERO;
    private Duration watched = Duration.ZERO;

    public Watch(Settings settings) {
        this.settings = settings;
    }

    /**
     * How patient it is.
     *
     * @param settleFor how long a pair without a proof must have been unchanged
     * @param orphanAfter after what age a lone file, or a pair whose proof does not fit, is taken to be refused
     * @param hashAfter how long a CSV whose size is not told must have been unchanged before it is hashed
     * @param longestBreak how much of the time between two looks counts at most
     */
    public record Settings(Duration settleFor, Duration orphanAfter, Duration hashAfter, Duration longestBreak) {

        private static final Duration A_MINUTE = Duration.ofMinutes(1);

        public Settings {
            if (settleFor.isNegative() || orphanAfter.isNegative() || hashAfter.isNegative()) {
                throw new IllegalArgumentException(
                        "expected durations from 0, found " + settleFor + ", " + orphanAfter + " and " + hashAfter);
            }
        }

        /** Hashes at the second look, for a folder that is looked at every minute or more often. */
        public Settings(Duration settleFor, Duration orphanAfter) {
            this(settleFor, orphanAfter, Duration.ZERO, A_MINUTE);
        }

        /** The same for a folder that is looked at as seldom as this. */
        public Settings lookingEvery(Duration interval) {
            Duration twice = interval.multipliedBy(2);
            return new Settings(settleFor, orphanAfter, hashAfter, twice.compareTo(A_MINUTE) > 0 ? twice : A_MINUTE);
        }

        /** The same where a hash costs a download: only of what has settled. */
        public Settings hashingWhatSettled() {
            return new Settings(settleFor, orphanAfter, settleFor, longestBreak);
        }
    }

    /**
     * What one look saw, and when.
     *
     * @param whole false if there was more than was looked at, so that the other half of a file may be there
     * @param clock the time of the day; it is only shown
     * @param elapsed time that only goes on, whatever the clock is set to; from any beginning
     */
    public record Look(List<Entry> entries, boolean whole, Instant clock, Duration elapsed) {}

    /** Whether the CSV has the SHA-256 that its sidecar says. */
    public enum Fit {
        YES,
        NO,
        /** Not known yet: it is still to be hashed, by us. */
        UNKNOWN,
        /** It cannot be hashed, since we may not read it. */
        UNREADABLE
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
     * @param why {@code WAIT_SIDECAR}, {@code WAIT_CSV}, {@code WAIT_PROOF}, {@code WAIT_HASH}, {@code
     *     SRC_PERMISSION} or {@code WAIT_SETTLE}
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
     * What one look says of the whole listing.
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
     * Judges one look. The two functions are asked at every look about each pair of regular files that still waits, so they
     * should remember their answers; they must not throw, or the others of the listing go without an answer.
     *
     * @param proofs what the pair's sidecar proves; null if it proves nothing or cannot be read
     * @param fits whether the CSV, as it stands in this listing, has this SHA-256; asked only where {@code bytes} fits, or, without
     *     {@code bytes}, where the pair stood still
     */
    public Scan scan(Look look, Function<Pair, @Nullable Proof> proofs, BiFunction<Pair, String, Fit> fits) {
        goOn(look.elapsed());
        Judge judge = new Judge(look, proofs, fits);
        Map<String, Standing> next = HashMap.newHashMap(standings.size());
        List<Ready> ready = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        int ignored = 0;
        for (Candidate candidate : Pairing.of(look.entries())) {
            if (candidate instanceof Ignored) {
                ignored++;
                continue;
            }
            Standing standing = Standing.after(standings.get(candidate.name()), candidate, look.clock(), watched);
            next.put(candidate.name(), standing);
            switch (judge.of(standing)) {
                case Ready r -> ready.add(r);
                case Waiting w -> waiting.add(w);
            }
        }
        standings = next;
        ready.sort(
                Comparator.comparing(Ready::changed).thenComparing(r -> r.what().name()));
        waiting.sort(Comparator.comparing(Waiting::since).thenComparing(Waiting::name));
        return new Scan(ready, waiting, ignored);
    }

    /** The same entry as the last look had it, if it had one that equals this: one object for a file that waits long. */
    public Entry asSeen(Entry entry) {
        Standing standing = standings.get(entry.name());
        Entry before = standing == null ? entry : standing.candidate().entries().getFirst();
        return before.equals(entry) ? before : entry;
    }

    private void goOn(Duration elapsed) {
        Duration passed = elapsed.minus(lastLook);
        watched = watched.plus(passed.compareTo(settings.longestBreak()) < 0 ? passed : settings.longestBreak());
        lastLook = elapsed;
    }

    /** Judges what one look saw. */
    private final class Judge {

        private final Look look;
        private final Function<Pair, @Nullable Proof> proofs;
        private final BiFunction<Pair, String, Fit> fits;

        Judge(Look look, Function<Pair, @Nullable Proof> proofs, BiFunction<Pair, String, Fit> fits) {
            this.look = look;
            this.proofs = proofs;
            this.fits = fits;
        }

        Finding of(Standing standing) {
            return switch (standing.candidate()) {
                case Pair pair -> pair(pair, standing);
                case Ambiguous ambiguous -> settle(standing, ambiguous.code());
                case LoneCsv lone -> lone(standing, Code.WAIT_SIDECAR, Code.SIDE_MISSING);
                case LoneSidecar lone -> lone(standing, Code.WAIT_CSV, Code.CSV_MISSING);
                case Ignored ignored -> throw new IllegalStateException("an ignored entry has no finding");
            };
        }

        private Finding pair(Pair pair, Standing standing) {
            if (!pair.csv().isFile() || !pair.sidecar().isFile()) {
                return settle(standing, null);
            }
            Proof proof = proofs.apply(pair);
            if (proof == null || proof.isEmpty()) {
                return settle(standing, null);
            }
            if (proof.bytes() != null && proof.bytes() != pair.csv().size()) {
                return age(standing, Code.WAIT_PROOF, Code.CSV_SIZE_MISMATCH);
            }
            return proof.sha256() == null ? standing.ready(null) : hash(pair, proof, proof.sha256(), standing);
        }

        private Finding hash(Pair pair, Proof proof, String sha256, Standing standing) {
            if (proof.bytes() == null && !isStill(standing, settings.hashAfter())) {
                return standing.waiting(Code.WAIT_SETTLE);
            }
            return switch (fits.apply(pair, sha256)) {
                case YES -> standing.ready(null);
                case NO -> age(standing, Code.WAIT_PROOF, Code.CSV_HASH_MISMATCH);
                case UNKNOWN -> standing.waiting(Code.WAIT_HASH);
                case UNREADABLE -> standing.waiting(Code.SRC_PERMISSION);
            };
        }

        /** Ready when unchanged for long enough. */
        private Finding settle(Standing standing, @Nullable Code orphan) {
            return isStill(standing, settings.settleFor())
                    ? standing.ready(orphan)
                    : new Waiting(standing.candidate().name(), Code.WAIT_SETTLE, standing.clock());
        }

        /** Of a listing that was cut off, nobody can say that the other half is not there. */
        private Finding lone(Standing standing, Code waits, Code orphan) {
            return look.whole() ? age(standing, waits, orphan) : standing.waiting(waits);
        }

        /** Ready to be refused when too old. Twice seen, for a listing that is read while files are renamed may miss one. */
        private Finding age(Standing standing, Code waits, Code orphan) {
            return isStill(standing, settings.orphanAfter()) ? standing.ready(orphan) : standing.waiting(waits);
        }

        private boolean isStill(Standing standing, Duration atLeast) {
            return standing.again() && watched.minus(standing.first()).compareTo(atLeast) >= 0;
        }
    }
}
