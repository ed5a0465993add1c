package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Pairing;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Turns;
import io.segmentdrop.shell.ledger.Takes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The drop {@code acme} on a folder of the test: segments 7 and 8, of which 8 shares the lane {@code publication-1}. */
final class SampleDrop {

    static final String ADDING = "{\"segment\": 7, \"clear\": false, \"activeStatus\": null}";

    /** So many bytes of it may be in custody. */
    static final long QUOTA = 100_000;

    private final Path folder;
    private final Drop drop;

    SampleDrop(Path folder) {
        this(folder, DropFolder.MOST);
    }

    /** @param most how many entries are looked at */
    SampleDrop(Path folder, int most) {
        this.folder = folder;
        this.drop = new Drop(
                "acme",
                new DropFolder(folder, new Disk(), most),
                Duration.ofMillis(500),
                Duration.ofMinutes(5),
                new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)),
                QUOTA,
                policy(),
                CheckSettings.DEFAULTS,
                0.5);
    }

    private static DropPolicy policy() {
        return new DropPolicy(
                List.of(new SegmentPolicy(7, null, "7", false), new SegmentPolicy(8, null, "publication-1", false)),
                false,
                true,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                DropPolicy.RequireProof.NEVER,
                Settings.EMPTY);
    }

    Drop drop() {
        return drop;
    }

    /** Hashed at once, whatever the size. */
    ProofHashes hashes() {
        return new ProofHashes(drop.folder(), Runnable::run, new Turns(), () -> {});
    }

    /** Room without an end, for as long as the disk has some. */
    DropRoom room(Path home) {
        Takes.Load nothing = new Takes.Load(0, 0, 0);
        return new DropRoom(drop, new Reserve(new Home(home), new Disk()), any -> nothing, 1);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Drops {@code vips.csv} with this sidecar. */
    void put(String sidecar) throws IOException {
        write("vips.csv", "email\na@example.com\n");
        write("vips.csv.json", sidecar);
    }

    void write(String name, String content) throws IOException {
        Files.deleteIfExists(file(name));
        Files.writeString(file(name), content);
    }

    /** What is in the folder now, which is one candidate. */
    Candidate candidate() throws IOException {
        List<Candidate> found = Pairing.of(drop.folder().list().entries());
        if (found.size() != 1) {
            throw new IllegalStateException("expected one candidate, found " + found);
        }
        return found.getFirst();
    }

    /** The same as the watch hands it over. */
    Complete complete(@Nullable Code orphan) throws IOException {
        Candidate candidate = candidate();
        Sidecars.Said said =
                candidate instanceof Candidate.Pair pair && pair.sidecar().isFile()
                        ? new Sidecars(drop, hashes()).of(pair)
                        : Sidecars.Said.NOTHING;
        return new Complete(drop, new Watch.Ready(candidate, orphan, Instant.EPOCH), said, claim(), 0);
    }

    private Reserve.Claim claim() throws IOException {
        return new Reserve(new Home(folder), new Disk()).claim(0);
    }

    /** The names in the folder. */
    List<String> names() throws IOException {
        return drop.folder().list().entries().stream().map(Entry::name).sorted().toList();
    }
}
