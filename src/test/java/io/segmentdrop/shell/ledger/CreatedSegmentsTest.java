package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment that a sidecar asked for is created once. */
class CreatedSegmentsTest {

    @TempDir
    Path home;

    @Test
    void isRememberedByDropAndName() {
        try (TestLedger ledger = new TestLedger(home)) {
            CreatedSegments created = ledger.created();
            ImportRow row = creating(ledger, "A");
            assertThat(created.find("acme", "VIPs")).isEmpty();

            created.remember(row, "VIPs", 4711, NOW);
            created.remember(row, "VIPs", 4711, NOW);

            assertThat(created.find("acme", "VIPs")).contains(4711L);
            assertThat(created.find("acme", "vips")).isEmpty();
            assertThat(created.find("beta", "VIPs")).isEmpty();
            assertThat(ledger.imports().get("A").segment()).isEqualTo(4711);
            assertThat(ledger.events().of("A").getLast().detail()).isEqualTo("4711");
        }
    }

    @Test
    void isUsedByTheNextWithoutACreationOfItsOwn() {
        try (TestLedger ledger = new TestLedger(home)) {
            ImportRow row = creating(ledger, "A");

            ledger.created().use(row, 4711);

            assertThat(ledger.imports().get("A").segment()).isEqualTo(4711);
            assertThat(ledger.imports().chunks("A"))
                    .extracting(ChunkRow::state)
                    .containsExactly(ChunkState.ACCEPTED, ChunkState.PLANNED);
            assertThat(ledger.claims().next(NOW, Set.of()).orElseThrow().chunk().number())
                    .isEqualTo(1);
        }
    }

    private static ImportRow creating(TestLedger ledger, String id) {
        ledger.taken(id, "create:acme:VIPs");
        return ledger.plan(id, "create:acme:VIPs", 1, ResendClass.SAFE, false, true);
    }
}
