package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.drop.Proof;
import io.segmentdrop.testkit.SparseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each version of a sidecar is read once. */
class SidecarsTest {

    @TempDir
    Path folder;

    private SampleDrop drop;
    private Sidecars sidecars;

    @BeforeEach
    void make() {
        drop = new SampleDrop(folder);
        sidecars = new Sidecars(drop.drop(), drop.hashes());
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
    void tellsTheSegment() throws IOException {
        drop.put("{\"segment\": 8, \"clear\": false}");
        assertThat(sidecars.of(pair())).isEqualTo(new Sidecars.Said(new Proof(null, null), 8L, null));
        drop.put("{\"segment\": {\"create\": {\"name\": \"VIPs\", \"description\": \"d\", \"publicationId\": 1}},"
                + " \"clear\": false}");
        assertThat(sidecars.of(pair())).isEqualTo(new Sidecars.Said(new Proof(null, null), null, "VIPs"));
    }

    @Test
    void noProofIsLookedAtOfACsvThatTheCheckRefusesUnread() throws IOException {
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20, \"sha256\": \"" + "ab".repeat(32) + "\"}");
        assertThat(sidecars.proof(pair())).isNotNull();
        SparseFile.make(drop.file("vips.csv"), drop.drop().check().maxBytes() + 1);
        assertThat(sidecars.proof(pair())).isNull();
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
        assertThat(sidecars.of(first).segment()).isEqualTo(7);

        drop.write("vips.csv.json", "{\"segment\": 8, \"clear\": false}");
        assertThat(sidecars.of(first).segment()).as("the version that was seen").isEqualTo(7);
        assertThat(sidecars.of(pair()).segment()).isEqualTo(8);

        sidecars.keep(List.of());
        assertThat(sidecars.of(first).segment())
                .as("forgotten with the listing")
                .isEqualTo(8);
    }

    private Pair pair() throws IOException {
        return (Pair) drop.candidate();
    }
}
