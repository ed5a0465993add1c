package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.core.drop.Watch.Fit;
import io.segmentdrop.shell.files.Custody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each version of a sidecar is read once, each version of a CSV hashed once. */
class SidecarsTest {

    @TempDir
    Path folder;

    private SampleDrop drop;
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger looks = new AtomicInteger();
    private Sidecars sidecars;

    @BeforeEach
    void make() {
        drop = new SampleDrop(folder);
        sidecars = new Sidecars(drop.drop().folder(), background::add, looks::incrementAndGet);
    }

    @Test
    void tellsTheProof() throws IOException {
        assertThat(proofOf(
                        "{\"segment\": 7, \"clear\": false, \"bytes\": 20, \"sha256\": \"" + "AB".repeat(32) + "\"}"))
                .isEqualTo(new Proof(20L, "ab".repeat(32)));
        assertThat(proofOf(SampleDrop.ADDING)).isEqualTo(new Proof(null, null));
        assertThat(proofOf("{\"segment\": 7, \"clear\": false, \"bytes\": \"many\"}"))
                .isNull();
        assertThat(proofOf("no JSON")).isNull();
    }

    private @Nullable Proof proofOf(String sidecar) throws IOException {
        drop.put(sidecar);
        return sidecars.proof(pair());
    }

    @Test
    void aSidecarThatCannotBeReadProvesNothingYet() throws IOException {
        drop.put(SampleDrop.ADDING);
        Pair pair = pair();
        Files.delete(drop.file("vips.csv.json"));
        assertThat(sidecars.proof(pair)).isNull();

        drop.write("vips.csv.json", SampleDrop.ADDING);
        assertThat(sidecars.proof(pair)).as("it is looked at again").isNotNull();
    }

    @Test
    void readsEachVersionOnce() throws IOException {
        drop.put(SampleDrop.ADDING);
        Pair first = pair();
        assertThat(segment(first)).isEqualTo("Id[id=7]");

        drop.write("vips.csv.json", "{\"segment\": 8, \"clear\": false}");
        assertThat(segment(first)).as("the version that was seen").isEqualTo("Id[id=7]");
        assertThat(segment(pair())).isEqualTo("Id[id=8]");

        sidecars.keep(List.of());
        assertThat(segment(first)).as("forgotten with the listing").isEqualTo("Id[id=8]");
    }

    private String segment(Pair pair) {
        return String.valueOf(
                Objects.requireNonNull(sidecars.parsed(pair)).settings().segment());
    }

    @Test
    void hashesASmallFileAtOnceAndOnce() throws IOException {
        drop.put(SampleDrop.ADDING);
        Pair pair = pair();
        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));

        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.YES);
        drop.write("vips.csv", "other");
        assertThat(sidecars.fits(pair, hash)).as("the version that was seen").isEqualTo(Fit.YES);
        assertThat(sidecars.fits(pair(), hash)).isEqualTo(Fit.NO);
        assertThat(background).isEmpty();
        assertThat(looks).as("the look that asked knows").hasValue(0);
    }

    @Test
    void hashesALargeFileInTheBackgroundAndOnce() throws IOException {
        drop.put(SampleDrop.ADDING);
        drop.write("vips.csv", "x".repeat((1 << 20) + 1));
        Pair pair = pair();
        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));

        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.UNKNOWN);
        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.UNKNOWN);
        assertThat(background).hasSize(1);
        assertThat(looks).hasValue(0);

        background.remove().run();
        assertThat(looks).as("it is looked at again at once").hasValue(1);
        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.YES);
        assertThat(sidecars.fits(pair, "ab".repeat(32))).isEqualTo(Fit.NO);
        assertThat(background).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsHashedAgain() throws IOException {
        drop.put(SampleDrop.ADDING);
        Pair pair = pair();
        String hash = Objects.requireNonNull(Custody.sha256(drop.file("vips.csv")));
        Files.delete(drop.file("vips.csv"));
        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.UNKNOWN);

        drop.write("vips.csv", "email\na@example.com\n");
        assertThat(sidecars.fits(pair, hash)).isEqualTo(Fit.YES);
    }

    private Pair pair() throws IOException {
        return (Pair) drop.candidate();
    }
}
