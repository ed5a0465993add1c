package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much each drop has in the home. */
class TakesTest {

    @TempDir
    Path home;

    private TestLedger ledger;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void take(String id, String drop, long csv, long sidecar) {
        List<List<String>> sources = List.of(
                List.of(id, csv + ":1:1", "source.csv"), List.of(id + ".json", sidecar + ":1:2", "sidecar.json"));
        ledger.imports().takes().intend(List.of(new Takes.Take(id, drop, id, sources, "7", 7L, null, null)), NOW);
    }

    private void set(String id, String column, Object value) {
        ledger.database().inTransaction(() -> {
            ledger.database()
                    .write()
                    .sql("update import set " + column + " = ? where id = ?")
                    .params(value, id)
                    .update();
        });
    }

    @Test
    void tellsWhatIsOnItsWay() {
        assertThat(ledger.imports().takes().load("acme")).isEqualTo(new Takes.Load(0, 0, 0));
        take("a", "acme", 100, 10);
        take("b", "acme", 200, 20);
        take("c", "other", 400, 40);
        assertThat(ledger.imports().takes().load("acme")).isEqualTo(new Takes.Load(770, 330, 330));

        set("a", "state", "HELD");
        assertThat(ledger.imports().takes().load("acme")).as("checked").isEqualTo(new Takes.Load(660, 330, 330));
        set("b", "state", "DELIVERED");
        set("b", "settled", 1);
        assertThat(ledger.imports().takes().load("acme")).as("archived").isEqualTo(new Takes.Load(440, 110, 330));
        new Forgetting(ledger.database()).answers("b");
        assertThat(ledger.imports().takes().load("acme")).as("removed").isEqualTo(new Takes.Load(440, 110, 110));
    }

    @Test
    void aHoleOfAnySizeIsNoNumberTooLarge() {
        for (int i = 0; i < 20; i++) {
            take("a" + i, "acme", Long.MAX_VALUE, Long.MAX_VALUE);
        }
        assertThat(ledger.imports().takes().load("acme").kept()).isEqualTo(40L << 50);
    }
}
