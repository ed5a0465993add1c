package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.testkit.TestLedger;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows become records by position, whatever the columns are called. */
class RecordMapperTest {

    @TempDir
    private Path home;

    private TestLedger ledger;

    private record All(
            long number,
            @Nullable Long maybe,
            int small,
            @Nullable Integer maybeSmall,
            boolean truth,
            @Nullable String text,
            @Nullable ImportState state) {}

    private record Other(BigDecimal amount) {}

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private All read(String values) {
        return ledger.database()
                .read()
                .sql("select " + values)
                .query(new RecordMapper<>(All.class))
                .single();
    }

    @Test
    void eachKindOfComponentIsRead() {
        assertThat(read("1 as x, 2, 3, 4, 1, 'a', 'HELD'"))
                .isEqualTo(new All(1, 2L, 3, 4, true, "a", ImportState.HELD));
    }

    @Test
    void nothingIsNothing() {
        assertThat(read("1, null, 3, null, 0, null, null")).isEqualTo(new All(1, null, 3, null, false, null, null));
    }

    @Test
    void aNameThatIsNoConstantIsAFault() {
        assertThatThrownBy(() -> read("1, 2, 3, 4, 1, 'a', 'LOST'"))
                .hasRootCauseMessage("expected the name of a constant of ImportState, found LOST");
    }

    @Test
    void aTypeThatTheLedgerDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> new RecordMapper<>(Other.class))
                .hasMessage("expected a number, a text, an enum or a truth, found class java.math.BigDecimal");
    }
}
