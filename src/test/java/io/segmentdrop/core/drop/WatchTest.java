package io.segmentdrop.core.drop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.drop.Entry.Kind;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A folder and a clock that are moved by hand: two seconds to settle, a day until an orphan is refused. */
class WatchTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SHA = "ab".repeat(32);

    private static final Watch.Settings PATIENCE =
            new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)).lookingEvery(Duration.ofDays(1));

    private Watch watch = new Watch(PATIENCE);
    private final Map<String, Entry> folder = new TreeMap<>();
    private final Map<String, Proof> proofs = new HashMap<>();
    private final Map<String, Fit> fits = new HashMap<>();
    private final List<String> hashed = new ArrayList<>();
    private Instant now = START;
    private Duration elapsed = Duration.ofDays(300);
    private boolean whole = true;

    // without a proof

    @Test
    void takesAPairThatIsStillForTheSettleTime() {
        write("x.csv", 10);
        write("x.csv.json", 5);

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("1.999s")).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("0.001s")).containsExactly("x.csv ready");
        assertThat(after("10s")).as("until it is gone").containsExactly("x.csv ready");
        folder.clear();
        assertThat(after("1s")).isEmpty();
    }

    @Test
    void wantsTwoScansHoweverLongTheyAreApart() {
        write("x.csv", 10);
        write("x.json", 5);

        pass("1h");
        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("1h")).containsExactly("x.csv ready");
    }

    @Test
    void wantsTwoScansEvenWithoutASettleTime() {
        Watch hasty = new Watch(new Watch.Settings(Duration.ZERO, Duration.ZERO));
        List<Entry> listing = List.of(Listings.file("x.csv"), Listings.file("x.csv.json"), Listings.file("y.csv"));

        Watch.Look look = new Watch.Look(listing, true, now, elapsed);
        assertThat(hasty.scan(look, pair -> null, this::fit).waiting()).hasSize(2);
        assertThat(hasty.scan(look, pair -> null, this::fit).ready()).hasSize(2);
    }

    @Test
    void waitsForASlowUploadThatStalls() {
        write("x.csv.json", 5);
        for (int size = 1; size < 20; size++) {
            write("x.csv", size);
            assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
            assertThat(after("1.9s")).containsExactly("x.csv WAIT_SETTLE");
        }
        assertThat(after("0.1s")).containsExactly("x.csv ready");
    }

    /** A transfer that keeps the times of the sender's machine: years old, and the same while it grows. */
    @Test
    void seesAnUploadThatPreservesTheTime() {
        put(new Entry("x.csv.json", Kind.FILE, 5, 0, "1", 1, now.toEpochMilli()));
        for (int size = 1; size < 5; size++) {
            put(new Entry("x.csv", Kind.FILE, size, 0, "2", 1, now.toEpochMilli()));
            assertThat(after("1.5s")).containsExactly("x.csv WAIT_SETTLE");
        }
        assertThat(after("2s")).containsExactly("x.csv ready");
    }

    @Test
    void seesAFileThatWasWrittenInPlaceWithItsSizeAndTimeKept() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        scan();
        pass("1.5s");
        Entry before = requireNonNull(folder.get("x.csv"));
        put(new Entry("x.csv", Kind.FILE, 10, before.mtimeNanos(), before.identity(), 1, now.toEpochMilli()));

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("1.5s")).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("0.5s")).containsExactly("x.csv ready");
    }

    @Test
    void startsAnewWhenAFileIsReplacedOrGoesBack() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        Entry first = requireNonNull(folder.get("x.csv"));
        scan();
        assertThat(after("2s")).containsExactly("x.csv ready");

        put(new Entry("x.csv", Kind.FILE, 10, first.mtimeNanos(), "another inode", 1, first.changedMillis()));
        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        put(first);
        assertThat(after("2s")).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("2s")).containsExactly("x.csv ready");
    }

    @Test
    void forgetsWhatIsGoneForOneScan() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        scan();
        pass("5s");
        Map<String, Entry> gone = Map.copyOf(folder);
        folder.clear();
        scan();
        folder.putAll(gone);

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
    }

    @Test
    void settlesFromTheMomentTheSecondFileCame() {
        write("x.csv", 10);
        assertThat(scan()).containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("10m")).containsExactly("x.csv WAIT_SIDECAR");
        write("x.csv.json", 5);

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("2s")).containsExactly("x.csv ready");
    }

    @Test
    void treatsAnEmptyProofAsNone() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(null, null));

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("2s")).containsExactly("x.csv ready");
    }

    @Test
    void neverAsksForTheProofOfALinkOrAPipe() {
        proofs.put("x.csv", new Proof(10L, null));
        put(new Entry("x.csv", Kind.OTHER, 10, 0, "1", 1, now.toEpochMilli()));
        write("x.csv.json", 5);

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("2s")).containsExactly("x.csv ready");
        assertThat(hashed).isEmpty();
    }

    // with a proof

    @Test
    void takesAPairAtOnceWhenItsBytesFit() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, null));

        assertThat(scan()).containsExactly("x.csv ready");
    }

    @Test
    void takesAPairAtOnceWhenBytesAndHashFit() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, SHA));
        fits.put("x.csv", Fit.YES);

        assertThat(scan()).containsExactly("x.csv ready");
    }

    @Test
    void hashesOnlyWhatHasTheRightSize() {
        write("x.csv", 9);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, SHA));
        fits.put("x.csv", Fit.YES);

        assertThat(scan()).containsExactly("x.csv WAIT_PROOF");
        assertThat(after("1h")).as("stalls for an hour").containsExactly("x.csv WAIT_PROOF");
        assertThat(hashed).isEmpty();

        write("x.csv", 10);
        assertThat(scan()).containsExactly("x.csv ready");
        assertThat(hashed).containsExactly("x.csv " + SHA);
    }

    @Test
    void hashesWithoutBytesOnlyWhatSettledWhereAHashIsDear() {
        watch = new Watch(PATIENCE.hashingWhatSettled());
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(null, SHA));
        fits.put("x.csv", Fit.YES);

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("1.9s")).containsExactly("x.csv WAIT_SETTLE");
        assertThat(hashed).isEmpty();
        assertThat(after("0.1s")).containsExactly("x.csv ready");
    }

    @Test
    void hashesWithoutBytesOnlyWhatStoodStillForTwoScans() {
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(null, SHA));
        fits.put("x.csv", Fit.YES);
        for (int size = 1; size < 5; size++) {
            write("x.csv", size);
            assertThat(after("0.5s")).containsExactly("x.csv WAIT_SETTLE");
        }
        assertThat(hashed).isEmpty();
        assertThat(after("0.5s")).as("no settle time besides").containsExactly("x.csv ready");
    }

    @Test
    void waitsWhileTheHashIsComputedHoweverLong() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, SHA));
        fits.put("x.csv", Fit.UNKNOWN);

        assertThat(scan()).containsExactly("x.csv WAIT_HASH");
        assertThat(after("48h")).containsExactly("x.csv WAIT_HASH");
        fits.put("x.csv", Fit.YES);
        assertThat(scan()).containsExactly("x.csv ready");
    }

    @Test
    void waitsForTheRightToReadTheCsv() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, SHA));
        fits.put("x.csv", Fit.UNREADABLE);

        assertThat(scan()).containsExactly("x.csv SRC_PERMISSION");
        assertThat(after("48h")).containsExactly("x.csv SRC_PERMISSION");
        fits.put("x.csv", Fit.YES);
        assertThat(scan()).containsExactly("x.csv ready");
    }

    /** C06 and C07: cut off, or overwritten after the sidecar was written. */
    @Test
    void refusesAfterADayWhatNeverFits() {
        write("cut.csv", 9);
        write("cut.csv.json", 5);
        proofs.put("cut.csv", new Proof(10L, SHA));
        write("other.csv", 10);
        write("other.csv.json", 5);
        proofs.put("other.csv", new Proof(10L, SHA));
        fits.put("other.csv", Fit.NO);

        scan();
        assertThat(after("86399.999s")).containsExactly("cut.csv WAIT_PROOF", "other.csv WAIT_PROOF");
        assertThat(after("0.001s"))
                .containsExactly("cut.csv ready CSV_SIZE_MISMATCH", "other.csv ready CSV_HASH_MISMATCH");
    }

    @Test
    void countsTheDayFromTheLastChangeOfEither() {
        write("x.csv", 9);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, null));
        scan();
        pass("23h");
        write("x.csv.json", 6);

        scan();
        assertThat(after("23h")).containsExactly("x.csv WAIT_PROOF");
        assertThat(after("1h")).containsExactly("x.csv ready CSV_SIZE_MISMATCH");
    }

    @Test
    void takesAPairWhoseProofComesLate() {
        write("x.csv.json", 5);
        assertThat(scan()).containsExactly("x.csv.json WAIT_CSV");
        write("x.csv", 10);
        assertThat(after("0.5s")).as("the sidecar is half written").containsExactly("x.csv WAIT_SETTLE");
        write("x.csv.json", 90);
        proofs.put("x.csv", new Proof(10L, SHA));
        fits.put("x.csv", Fit.YES);

        assertThat(after("0.5s")).containsExactly("x.csv ready");
    }

    @Test
    void takesAnOverwrittenPairOnceTheNewSidecarFits() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(10L, null));
        write("x.csv", 20);
        assertThat(scan()).containsExactly("x.csv WAIT_PROOF");

        write("x.csv.json", 5);
        proofs.put("x.csv", new Proof(20L, null));
        assertThat(after("0.5s")).containsExactly("x.csv ready");
    }

    // orphans

    @Test
    void refusesALoneFileAfterADay() {
        write("a.csv", 10);
        scan();
        pass("1h");
        write("b.csv.json", 5);

        assertThat(scan()).containsExactly("a.csv WAIT_SIDECAR", "b.csv.json WAIT_CSV");
        assertThat(after("23h")).containsExactly("a.csv ready SIDE_MISSING", "b.csv.json WAIT_CSV");
        assertThat(after("1h")).containsExactly("a.csv ready SIDE_MISSING", "b.csv.json ready CSV_MISSING");
    }

    /** What it waited for before a restart is not known to have been looked for. */
    @Test
    void countsAnewAfterARestart() {
        write("x.csv", 10);
        pass("48h");

        assertThat(look().waiting())
                .as("the age is shown")
                .containsExactly(new Watch.Waiting("x.csv", Code.WAIT_SIDECAR, START));
        assertThat(after("23h")).containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("1h")).containsExactly("x.csv ready SIDE_MISSING");
    }

    @Test
    void agesByWhenAFileArrivedNotByWhatItsTimeSays() {
        put(new Entry("x.csv", Kind.FILE, 10, 0, "1", 1, now.toEpochMilli()));

        assertThat(scan()).containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("1h")).containsExactly("x.csv WAIT_SIDECAR");
    }

    @Test
    void agesAFileOfTheFutureFromWhenItWasSeen() {
        put(new Entry(
                "x.csv",
                Kind.FILE,
                10,
                0,
                "1",
                1,
                now.plus(Duration.ofDays(400)).toEpochMilli()));

        assertThat(look().waiting()).containsExactly(new Watch.Waiting("x.csv", Code.WAIT_SIDECAR, START));
        assertThat(after("24h")).containsExactly("x.csv ready SIDE_MISSING");
    }

    @Test
    void losesNothingWhenTheClockIsSetBack() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        scan();
        now = now.minus(Duration.ofHours(3));

        assertThat(after("1.9s")).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("0.1s")).containsExactly("x.csv ready");
    }

    @Test
    void refusesNothingWhenTheClockJumpsForward() {
        write("x.csv", 10);
        write("wrong.csv", 10);
        write("wrong.csv.json", 5);
        proofs.put("wrong.csv", new Proof(11L, null));
        scan();
        now = now.plus(Duration.ofDays(400));

        assertThat(after("0.5s")).containsExactly("wrong.csv WAIT_PROOF", "x.csv WAIT_SIDECAR");
        assertThat(after("0.5s")).containsExactly("wrong.csv WAIT_PROOF", "x.csv WAIT_SIDECAR");
    }

    @Test
    void countsTheTimeInWhichItLooked() {
        watch = new Watch(new Watch.Settings(Duration.ofSeconds(2), Duration.ofMinutes(3)));
        write("x.csv", 10);
        scan();

        assertThat(after("48h")).as("a minute").containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("59s")).containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("61s")).as("a minute").containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("1s")).containsExactly("x.csv ready SIDE_MISSING");
    }

    @Test
    void countsWholeIntervalsWhereItLooksSeldom() {
        watch = new Watch(
                new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)).lookingEvery(Duration.ofHours(12)));
        write("x.csv", 10);
        scan();

        assertThat(after("23h")).containsExactly("x.csv WAIT_SIDECAR");
        assertThat(after("1h")).containsExactly("x.csv ready SIDE_MISSING");
    }

    @Test
    void refusesNothingForAnotherHalfThatMayNotHaveBeenLookedAt() {
        write("x.csv", 10);
        write("y.csv.json", 10);
        write("both.csv", 10);
        write("both.csv.json", 5);
        whole = false;
        scan();

        assertThat(after("48h")).containsExactly("both.csv ready", "x.csv WAIT_SIDECAR", "y.csv.json WAIT_CSV");
        whole = true;
        assertThat(after("0.5s"))
                .containsExactly("both.csv ready", "x.csv ready SIDE_MISSING", "y.csv.json ready CSV_MISSING");
    }

    @Test
    void refusesTheAmbiguousOnceTheyAreStill() {
        write("x.csv", 10);
        write("x.csv.json", 5);
        write("x.json", 5);
        proofs.put("x.csv", new Proof(10L, null));

        assertThat(scan()).containsExactly("x.csv WAIT_SETTLE");
        assertThat(after("2s")).containsExactly("x.csv ready SIDE_AMBIGUOUS");
        folder.remove("x.json");
        assertThat(scan()).as("mended in time").containsExactly("x.csv ready");
    }

    // all together

    @Test
    void ordersByTheLaterFileThenByName() {
        for (String name : List.of("c.csv", "b.csv", "a.csv", "c.csv.json", "b.csv.json")) {
            write(name, 10);
        }
        pass("0.000001s");
        write("a.csv.json", 10);
        List.of("a.csv", "b.csv", "c.csv").forEach(name -> proofs.put(name, new Proof(10L, null)));

        Watch.Scan scan = look();

        assertThat(scan.ready()).extracting(ready -> ready.what().name()).containsExactly("b.csv", "c.csv", "a.csv");
        assertThat(scan.ready()).extracting(Watch.Ready::changed).containsExactly(START, START, now);
    }

    @Test
    void showsTheOldestWaitingFirst() {
        write("b.csv", 10);
        write("c.csv", 10);
        pass("1s");
        write("a.csv", 10);

        assertThat(look().waiting())
                .containsExactly(
                        new Watch.Waiting("b.csv", Code.WAIT_SIDECAR, START),
                        new Watch.Waiting("c.csv", Code.WAIT_SIDECAR, START),
                        new Watch.Waiting("a.csv", Code.WAIT_SIDECAR, START.plusSeconds(1)));
    }

    @Test
    void countsWhatIsNoneOfItsBusiness() {
        Stream.of("README", ".hidden", "x.csv.part", "x.json").forEach(name -> write(name, 1));
        put(new Entry("sub", Kind.DIRECTORY, 0, 0, "1", 2, 0));

        assertThat(look()).isEqualTo(new Watch.Scan(List.of(), List.of(), 5));
    }

    @Test
    void doesNotLetASlowPairHoldUpThousandOthers() {
        for (int i = 0; i < 1000; i++) {
            write("x" + i + ".csv", 10);
            write("x" + i + ".csv.json", 5);
        }
        scan();
        pass("2s");
        write("x500.csv", 11);

        Watch.Scan scan = look();

        assertThat(scan.ready()).hasSize(999);
        assertThat(scan.waiting()).extracting(Watch.Waiting::name).containsExactly("x500.csv");
    }

    @Test
    void keepsOneEntryOfAFileThatStaysAsItWas() {
        write("x.csv", 10);
        Entry first = requireNonNull(folder.get("x.csv"));
        scan();
        write("x.csv", 10);

        assertThat(watch.asSeen(requireNonNull(folder.get("x.csv")))).isSameAs(first);
        write("x.csv", 11);
        assertThat(watch.asSeen(requireNonNull(folder.get("x.csv")))).isSameAs(folder.get("x.csv"));
        assertThat(watch.asSeen(Listings.file("y.csv"))).isEqualTo(Listings.file("y.csv"));
    }

    @Test
    @Timeout(30)
    void scansTwoHundredThousandNamesQuickly() {
        List<Entry> listing = IntStream.range(0, 200_000)
                .mapToObj(i -> new Entry("list-" + i + ".csv", Kind.FILE, 10, i, "1", 1, i))
                .toList();

        Watch.Look look = new Watch.Look(listing, true, now, elapsed);
        watch.scan(look, pair -> null, (pair, sha) -> Fit.NO);
        Watch.Scan second = watch.scan(look, pair -> null, (pair, sha) -> Fit.NO);

        assertThat(second.waiting().size()).isEqualTo(200_000);
    }

    @Test
    void refusesNegativeTimes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watch.Settings(Duration.ofSeconds(-1), Duration.ZERO))
                .withMessage("expected durations from 0, found PT-1S, PT0S and PT0S");
    }

    private void write(String name, long size) {
        long nanos = Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L) + now.getNano();
        put(new Entry(name, Kind.FILE, size, nanos, name, 1, now.toEpochMilli()));
    }

    private void put(Entry entry) {
        folder.put(entry.name(), entry);
    }

    private void pass(String time) {
        now = now.plus(Duration.parse("PT" + time));
        elapsed = elapsed.plus(Duration.parse("PT" + time));
    }

    private List<String> after(String time) {
        pass(time);
        return scan();
    }

    /** What a scan says, by name. */
    private List<String> scan() {
        Watch.Scan scan = look();
        Stream<String> ready = scan.ready().stream()
                .map(r -> r.what().name() + " ready" + (r.orphan() == null ? "" : " " + r.orphan()));
        Stream<String> waiting = scan.waiting().stream().map(w -> w.name() + " " + w.why());
        return Stream.concat(ready, waiting).sorted().toList();
    }

    private Watch.Scan look() {
        return watch.scan(
                new Watch.Look(List.copyOf(folder.values()), whole, now, elapsed),
                pair -> proofs.get(pair.csv().name()),
                this::fit);
    }

    private Fit fit(Candidate.Pair pair, String sha256) {
        hashed.add(pair.csv().name() + " " + sha256);
        return fits.getOrDefault(pair.csv().name(), Fit.UNKNOWN);
    }
}
