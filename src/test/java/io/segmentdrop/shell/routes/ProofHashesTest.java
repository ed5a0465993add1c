package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Turns;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.SparseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each version of a CSV is hashed once, and nobody waits for another drop's. */
class ProofHashesTest {

    private static final String ANY = "ab".repeat(32);
    private static final long HUGE = 1L << 40;

    @TempDir
    Path folder;

    private SampleDrop drop;
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger looks = new AtomicInteger();
    private ProofHashes hashes;

    @BeforeEach
    void make() throws IOException {
        drop = new SampleDrop(folder);
        drop.put(SampleDrop.ADDING);
        hashes = new ProofHashes(drop.drop().folder(), background::add, new Turns(), looks::incrementAndGet);
    }

    @Test
    void hashesASmallFileAtOnceAndOnce() throws IOException {
        Entry csv = csv();
        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));

        assertThat(hashes.fits(csv, hash)).isEqualTo(Fit.YES);
        drop.write("vips.csv", "other");
        assertThat(hashes.fits(csv, hash)).as("the version that was seen").isEqualTo(Fit.YES);
        assertThat(hashes.fits(csv(), hash)).isEqualTo(Fit.NO);
        assertThat(background).isEmpty();
        assertThat(looks).as("the look that asked knows").hasValue(0);
    }

    @Test
    void hashesALargeFileInTheBackgroundAndOnce() throws IOException {
        drop.write("vips.csv", "x".repeat((1 << 20) + 1));
        Entry csv = csv();
        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));

        assertThat(hashes.fits(csv, hash)).isEqualTo(Fit.UNKNOWN);
        assertThat(hashes.fits(csv, hash)).isEqualTo(Fit.UNKNOWN);
        assertThat(background).as("its fsync and its hash").hasSize(2);
        assertThat(looks).hasValue(0);

        runBackground();
        assertThat(looks).as("it is looked at again at once").hasValue(1);
        assertThat(hashes.fits(csv, hash)).isEqualTo(Fit.YES);
        assertThat(hashes.fits(csv, ANY)).isEqualTo(Fit.NO);
        assertThat(background).isEmpty();
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void aFileThatIsGoneIsHashedAgain() throws IOException {
        Entry csv = csv();
        Files.delete(drop.file("vips.csv"));
        assertThat(hashes.fits(csv, ANY)).isEqualTo(Fit.UNKNOWN);
        drop.write("vips.csv", "email\na@example.com\n");
        assertThat(hashes.fits(csv(), Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")))))
                .isEqualTo(Fit.YES);
    }

    @Test
    void aFileThatIsAnotherByNowIsNotHashed() throws IOException {
        Entry csv = csv();
        drop.write("vips.csv", "email\nb@example.com\n");
        String other = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));
        assertThat(hashes.fits(csv, other)).isEqualTo(Fit.UNKNOWN);
    }

    @Test
    @Timeout(60)
    @NeedsProgram("/usr/bin/mkfifo")
    void aPipeInTheFilesPlaceIsNotOpened() throws Exception {
        SparseFile.make(drop.file("vips.csv"), 2 << 20);
        Entry large = csv();
        hashes.fits(large, ANY);
        Files.delete(drop.file("vips.csv"));
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", drop.file("vips.csv").toString())
                        .start()
                        .waitFor())
                .isZero();

        runBackground();

        assertThat(hashes.fits(large, ANY)).isEqualTo(Fit.UNKNOWN);
    }

    @Test
    void soManyMayWaitAndTheOthersComeLater() throws IOException {
        SparseFile.make(drop.file("vips.csv"), 2 << 20);
        Entry csv = csv();
        for (int i = 0; i < 100; i++) {
            assertThat(hashes.fits(version(csv, i), ANY)).isEqualTo(Fit.UNKNOWN);
        }
        assertThat(background).hasSize(2 * 64);
        hashes.keep(Set.of(version(csv, 99)));
        runBackground();
        assertThat(hashes.fits(version(csv, 99), ANY)).isEqualTo(Fit.UNKNOWN);
        assertThat(background).hasSize(2);
    }

    @Test
    void soMuchIsHashedInOneLookAndTheRestInTheNext() throws IOException {
        SparseFile.make(drop.file("vips.csv"), 1 << 20);
        Entry csv = csv();
        int found = 0;
        for (int i = 0; i < 100; i++) {
            // other versions for the map, the same file for the disk
            found += hashes.fits(version(csv, i), ANY) == Fit.NO ? 1 : 0;
        }
        assertThat(found).isEqualTo(64);
        hashes.keep(Set.of());
        assertThat(hashes.fits(version(csv, 99), ANY)).isEqualTo(Fit.NO);
    }

    private static Entry version(Entry csv, int number) {
        return new Entry(csv.name(), csv.kind(), csv.size(), csv.mtimeNanos(), csv.identity(), csv.links(), number);
    }

    /** Would take hours to be read. */
    @Test
    @Timeout(60)
    void aHashOfWhatIsGoneOrChangedIsGivenUp() throws Exception {
        ProofHashes real = new ProofHashes(drop.drop().folder(), ProofHashes.threads("acme"), new Turns(), () -> {});
        SparseFile.make(drop.file("vips.csv"), HUGE);
        Entry first = csv();
        assertThat(real.fits(first, ANY)).isEqualTo(Fit.UNKNOWN);
        drop.write("vips.csv", "x".repeat((1 << 20) + 1));
        Entry second = csv();

        real.keep(Set.of(second));

        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));
        await().until(() -> real.fits(second, hash) == Fit.YES);
    }

    /** Each of the two hostile drops hashes what takes hours. */
    @Test
    @Timeout(60)
    void anotherDropIsHashedMeanwhile() throws Exception {
        Turns turns = new Turns();
        List<ProofHashes> hostile = new ArrayList<>();
        try {
            for (String name : List.of("one", "two")) {
                SampleDrop other = new SampleDrop(Files.createDirectory(folder.resolve(name)));
                other.put(SampleDrop.ADDING);
                SparseFile.make(other.file("vips.csv"), HUGE);
                ProofHashes busy = new ProofHashes(other.drop().folder(), ProofHashes.threads(name), turns, () -> {});
                hostile.add(busy);
                assertThat(busy.fits(((Pair) other.candidate()).csv(), ANY)).isEqualTo(Fit.UNKNOWN);
            }
            isHashedSoon(turns);
        } finally {
            hostile.forEach(busy -> busy.keep(Set.of()));
        }
    }

    private void isHashedSoon(Turns turns) throws Exception {
        drop.write("vips.csv", "x".repeat(5 << 20));
        CountDownLatch known = new CountDownLatch(1);
        ProofHashes good = new ProofHashes(drop.drop().folder(), ProofHashes.threads("good"), turns, known::countDown);
        good.fits(csv(), ANY);
        known.await();
        assertThat(good.fits(csv(), ANY)).isEqualTo(Fit.NO);
    }

    private Entry csv() throws IOException {
        return ((Pair) drop.candidate()).csv();
    }
}
