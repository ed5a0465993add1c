package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.receipt.Receipt;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receipt says what the ledger knows. */
class ReceiptsTest {

    private static final GateRow CLOSED = new GateRow("api", 0, Code.API_OUTAGE, "the API is down", "x", 0, 1);

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

    @Test
    void atFirstThereIsLittleToSay() {
        Receipt receipt = receipt(ledger.taken("A", null), null);
        assertThat(receipt.importId()).isEqualTo("A");
        assertThat(receipt.drop()).isEqualTo("acme");
        assertThat(receipt.file()).isEqualTo("vips.csv");
        assertThat(receipt.receivedAt()).isEqualTo(NOW);
        assertThat(receipt.rows()).isNull();
        assertThat(receipt.options()).isNull();
        assertThat(receipt.cause()).isNull();
        assertThat(receipt.finishedAt()).isNull();
        assertThat(receipt.chunks()).isEmpty();
    }

    @Test
    void onlyWhatTheApiAcceptedIsSent() {
        ledger.ready("A", "1", 2);
        assertThat(receipt(row(), null).rows()).isEqualTo(new Receipt.Rows(10, 0, 0));
        accept();
        Receipt half = receipt(row(), null);
        assertThat(half.rows()).isEqualTo(new Receipt.Rows(10, 10, 0));
        assertThat(half.chunks())
                .containsExactly(
                        // a chunk's size is that of the header and its rows
                        new Receipt.Chunk(1, 10, 106, ChunkState.ACCEPTED, 1, NOW),
                        new Receipt.Chunk(2, 10, 106, ChunkState.PLANNED, 0, null));
        accept();
        Receipt whole = receipt(row(), null);
        assertThat(whole.state()).isEqualTo(ImportState.DELIVERED);
        assertThat(whole.rows()).isEqualTo(new Receipt.Rows(10, 20, 0));
        assertThat(whole.finishedAt()).isEqualTo(NOW);
        assertThat(whole.segment()).isEqualTo(7);
    }

    @Test
    void theCreationOfASegmentIsNoChunk() {
        ledger.taken("A", "1");
        ledger.plan("A", "1", 1, ResendClass.SAFE, false, true);
        assertThat(receipt(row(), null).chunks())
                .extracting(Receipt.Chunk::number)
                .containsExactly(1);
    }

    @Test
    void aClosedGateIsWhyAReadyImportWaits() {
        ledger.ready("A", "1", 1);
        assertThat(receipt(row(), CLOSED).cause()).isEqualTo(new Receipt.Cause(Code.API_OUTAGE, "the API is down"));
        assertThat(receipt(row(), null).cause()).isNull();

        ledger.imports().change("A", ImportState.HELD, Code.SEG_NOT_FOUND, "no segment 7", Imports.SELF, NOW);
        assertThat(receipt(row(), CLOSED).cause()).isEqualTo(new Receipt.Cause(Code.SEG_NOT_FOUND, "no segment 7"));
    }

    @Test
    void aVerdictIsToldOnceItIsOne() {
        ledger.taken("A", null);
        ledger.imports().takes().verdict("A", Code.SIDE_MISSING, "gone");
        assertThat(receipt(row(), null).cause()).isNull();
        ledger.imports().conclude("A", TestLedger.checked(null), ImportState.REJECTED, Code.SIDE_MISSING, "gone", NOW);
        assertThat(receipt(row(), null).cause()).isEqualTo(new Receipt.Cause(Code.SIDE_MISSING, "gone"));
    }

    @Test
    void rejectsAreHandedOutAtTheEnd() {
        ledger.taken("A", null);
        Imports.Checked bad =
                new Imports.Checked("cd".repeat(32), null, null, null, false, null, null, 10, 3, "[]", 3, "[]");
        ledger.imports().conclude("A", bad, ImportState.HELD, Code.INTERNAL_FAULT, "x", NOW);
        assertThat(receipt(row(), null).rejects()).isNull();
        ledger.imports().change("A", ImportState.DISCARDED, null, "x", "ann", NOW);
        assertThat(receipt(row(), null).rejects()).isEqualTo("vips.csv.rejects.csv");
        assertThat(receipt(row(), null).problemsTotal()).isEqualTo(3);
    }

    private void accept() {
        ledger.outcomes()
                .record(
                        ledger.claims()
                                .begin(ledger.claims().next(NOW, Set.of()).orElseThrow(), NOW)
                                .orElseThrow(),
                        new Outcome.Accepted(Answer.NONE),
                        new Step.ChunkAccepted(),
                        List.of(),
                        NOW);
    }

    private ImportRow row() {
        return ledger.imports().get("A");
    }

    private Receipt receipt(ImportRow row, @Nullable GateRow gate) {
        return Receipts.of(row, ledger.imports().chunks(row.id()), gate);
    }
}
