package io.segmentdrop.core.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a partner reads of files that are not taken yet. */
class WaitingReceiptTest {

    @Test
    void isAReceiptThatIsNotFinalAndHasNoImport() {
        WaitingReceipt receipt = new WaitingReceipt(
                "acme",
                "vips.csv",
                Code.SRC_PERMISSION,
                "expected the right to read vips.csv, found rw------- of acme:acme",
                Instant.parse("2026-01-02T03:04:05Z"));

        assertThat(receipt.toMap())
                .containsExactly(
                        entry("schema", "segment-drop/receipt/1"),
                        entry("drop", "acme"),
                        entry("file", "vips.csv"),
                        entry("state", "waiting"),
                        entry("final", false),
                        entry(
                                "cause",
                                Map.of(
                                        "code",
                                        "SRC_PERMISSION",
                                        "message",
                                        "expected the right to read vips.csv, found rw------- of acme:acme")),
                        entry("waitingSince", "2026-01-02T03:04:05.000Z"),
                        entry(
                                "next",
                                "let segment-drop's account read the file, and write in the folder; it is then taken by"
                                        + " itself"));
    }
}
