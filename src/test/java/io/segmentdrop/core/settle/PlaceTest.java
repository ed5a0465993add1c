package io.segmentdrop.core.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.ledger.ImportState;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 21);

    @ParameterizedTest
    @CsvSource({
        "DELIVERED, archive/acme/2026-11-21/01JD",
        "DUPLICATE, archive/acme/2026-11-21/01JD",
        "CHECKED, archive/acme/2026-11-21/01JD",
        "REJECTED, dead-letter/acme/01JD",
        "UNDELIVERABLE, dead-letter/acme/01JD",
        "DISCARDED, dead-letter/acme/01JD",
    })
    void followsFromTheState(ImportState state, String path) {
        assertThat(Place.of(state, "acme", "01JD", DATE)).hasToString(path);
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKEN", "READY", "HELD"})
    void onlyWhatHasEndedHasOne(ImportState state) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Place.of(state, "acme", "01JD", DATE))
                .withMessage("expected a final state, found " + state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", ".hidden", "a b", "a\n"})
    void aNameIsOnePlainSegment(String drop) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Place.of(ImportState.DELIVERED, drop, "01JD", DATE))
                .withMessage("expected one plain path segment, found " + drop);
    }

    @Test
    void isAList() {
        assertThat(Place.of(ImportState.REJECTED, "acme", "01JD", DATE).segments())
                .containsExactly("dead-letter", "acme", "01JD");
    }
}
