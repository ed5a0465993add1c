package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static io.segmentdrop.testkit.TestLedger.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The imports of the ledger. */
class ImportsTest {

    @TempDir
    Path home;

    private TestLedger ledger;
    private Imports imports;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        imports = ledger.imports();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aStateChangesOnlyAsTheCoreAllows() {
        for (ImportState from : ImportState.values()) {
            for (ImportState to : ImportState.values()) {
                String id = from + "-" + to;
                ledger.inState(id, from);
                if (from.next().contains(to)) {
                    imports.change(id, to, null, "moved", "ann", NOW.plusSeconds(1));
                    assertThat(imports.get(id).state()).as(id).isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> imports.change(id, to, null, "moved", "ann", NOW))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("import " + id + " is " + from + " and cannot become " + to);
                    assertThat(imports.get(id).state()).as(id).isEqualTo(from);
                }
            }
        }
    }

    @Test
    void aChangeIsToldWithItsEvent() {
        ImportRow before = ledger.ready("A", "1", 1);

        imports.change("A", ImportState.HELD, Code.SEG_NOT_FOUND, "no segment 7", "ann", NOW.plusMillis(5));

        ImportRow row = imports.get("A");
        assertThat(row.code()).isEqualTo(Code.SEG_NOT_FOUND);
        assertThat(row.reason()).isEqualTo("no segment 7");
        assertThat(row.revision()).isEqualTo(before.revision() + 1);
        assertThat(row.changedAt()).isEqualTo(NOW.plusMillis(5).toEpochMilli());
        assertThat(row.finishedAt()).isNull();
        EventRow event = ledger.events().of("A").getLast();
        assertThat(event.kind()).isEqualTo("held");
        assertThat(event.detail()).isEqualTo("SEG_NOT_FOUND: no segment 7");
        assertThat(event.actor()).isEqualTo("ann");
    }

    @Test
    void onlyAFinalStateHasAnEnd() {
        for (ImportState state : ImportState.values()) {
            ImportRow row = ledger.inState(state.name(), state);
            assertThat(row.finishedAt() != null).as(state.name()).isEqualTo(state.isFinal());
        }
    }

    @Test
    void anEventThatCannotBeWrittenUndoesTheChange() {
        ledger.ready("A", "1", 1);
        ledger.database()
                .inTransaction(
                        () -> ledger.database().write().sql("drop table event").update());

        assertThatThrownBy(() -> imports.change("A", ImportState.HELD, null, "x", "ann", NOW))
                .hasMessageContaining("no such table: event");
        assertThat(imports.get("A").state()).isEqualTo(ImportState.READY);
    }

    @Test
    void aTakeIsUnfinishedUntilItIsInCustody() {
        ledger.begun("A", "acme", "a.csv", null);
        ledger.begun("B", "beta", "a.csv", null);
        ledger.begun("C", "acme", "c.csv", null);

        assertThat(ids(imports.takes().unfinished("acme"))).containsExactly("A", "C");
        assertThat(imports.takes().unfinished("beta", "a.csv").map(ImportRow::id))
                .contains("B");
        assertThat(imports.takes().unfinished("acme", "b.csv")).isEmpty();

        imports.takes().inCustody("A", NOW);
        imports.takes().undo("A");
        imports.takes().undo("C");

        assertThat(imports.takes().unfinished("acme")).isEmpty();
        assertThat(imports.find("A")).isPresent();
        assertThat(imports.find("C")).isEmpty();
        assertThat(ledger.events().of("A")).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("taken");
            assertThat(event.detail()).isEqualTo("a.csv");
        });
    }

    @Test
    void aVerdictIsGivenOnce() {
        ledger.begun("A", "acme", "a.csv", null);

        imports.takes().verdict("A", Code.SIDE_MISSING, "gone");
        imports.takes().verdict("A", Code.CSV_MISSING, "gone too");

        assertThat(imports.get("A").code()).isEqualTo(Code.SIDE_MISSING);
        assertThat(imports.get("A").reason()).isEqualTo("gone");
    }

    @Test
    void theOldestThatIsDueIsCheckedNext() {
        ledger.begun("A", "acme", "a.csv", null);
        ledger.taken("B", null);
        ledger.taken("C", null);
        ledger.ready("D", "1", 1);

        assertThat(nextToCheck()).contains("B");
        assertThat(nextToCheck("B")).contains("C");
        assertThat(nextToCheck("B", "C")).isEmpty();

        imports.checkLater("B", NOW.plusSeconds(1));
        assertThat(nextToCheck()).contains("C");
        assertThat(imports.nextToCheck(Set.of(), NOW.plusSeconds(1)).map(ImportRow::id))
                .contains("B");
    }

    @Test
    void eachBegunCheckIsCounted() {
        ledger.taken("A", null);
        assertThat(imports.checkBegins("A")).isEqualTo(1);
        assertThat(imports.checkBegins("A")).isEqualTo(2);
        assertThat(imports.get("A").checks()).isEqualTo(2);
    }

    @Test
    void ofThoseThatHaveEndedSeveralAreToldAtOnceButOneOfAFile() {
        ledger.taken("under way", null);
        for (String id : List.of("A", "same file as A", "B")) {
            ledger.begun(id, "acme", id.equals("B") ? "b.csv" : "a.csv", null);
            imports.takes().inCustody(id, NOW);
            imports.change(id, ImportState.REJECTED, Code.CSV_EMPTY, "empty", Imports.SELF, NOW);
        }
        assertThat(nextToTell()).as("those that have ended come first").contains("A");
        assertThat(nextToTell("A")).contains("B");
        assertThat(nextToTell("A", "B")).contains("under way");
        assertThat(nextToTell("A", "B", "under way")).isEmpty();
        assertThat(nextToTell("under way")).contains("A");
    }

    @Test
    void whatThePartnerDoesNotKnowIsTold() {
        ImportRow row = ledger.taken("A", null);
        ledger.begun("B", "acme", "b.csv", null);
        imports.takes().inCustody("B", NOW);
        ledger.taken("same file as A", null);
        ledger.begun("C", "acme", "c.csv", null);

        assertThat(imports.tellings().next(List.of(), List.of(), NOW.plusMillis(499)))
                .as("what may have ended in a moment is not told yet")
                .isEmpty();
        assertThat(nextToTell()).contains("A");
        assertThat(nextToTell("A")).as("of those under way one at a time").isEmpty();

        imports.tellings().told("A", row.revision());
        imports.tellings().tellLater("B", NOW.plusSeconds(1));
        imports.tellings().tellLater("same file as A", NOW.plusSeconds(1));
        assertThat(nextToTell()).isEmpty();

        imports.tellings().told("A", 0);
        assertThat(imports.get("A").told()).isEqualTo(row.revision());

        imports.change("A", ImportState.HELD, Code.SEG_NOT_FOUND, "x", Imports.SELF, NOW);
        imports.tellings().tellLater("A", NOW.plusSeconds(9));
        imports.change("A", ImportState.DISCARDED, null, "x", "ann", NOW);
        assertThat(nextToTell()).contains("A");
    }

    @Test
    void aPlanIsKeptWhole() {
        ledger.taken("A", "provisional");

        ImportRow row = ledger.plan("A", "publication-7", 2, ResendClass.SAFE_IN_WINDOW, true, true);

        assertThat(row.state()).isEqualTo(ImportState.READY);
        assertThat(row.lane()).isEqualTo("publication-7");
        assertThat(row.segment()).isEqualTo(7);
        assertThat(row.clears()).isTrue();
        assertThat(row.resendClass()).isEqualTo(ResendClass.SAFE_IN_WINDOW);
        assertThat(row.header()).isEqualTo("email\n");
        assertThat(row.contentSize()).isEqualTo(200);
        assertThat(row.contentMtime()).isEqualTo(7);
        assertThat(row.rowsRead()).isEqualTo(10);
        assertThat(imports.chunks("A")).extracting(ChunkRow::number).containsExactly(0, 1, 2);
        assertThat(imports.chunks("A")).extracting(ChunkRow::state).containsOnly(ChunkState.PLANNED);
        assertThat(imports.chunks("A").getLast().byteOffset()).isEqualTo(100);
    }

    @Test
    void aLaneThatTheSidecarToldStaysIfTheCheckTellsNone() {
        ledger.taken("A", "7");
        imports.conclude("A", checked(null), ImportState.REJECTED, Code.SIDE_MALFORMED, "x", NOW);
        assertThat(imports.get("A").lane()).isEqualTo("7");
        assertThat(imports.get("A").rowsRead()).isEqualTo(10);
    }

    @Test
    void aLaterFileOfTheSameNameHasTheReceiptOnceItsSenderWasTold() {
        ImportRow first = ledger.taken("A", null);
        ImportRow second = ledger.taken("B", null);

        assertThat(imports.tellings().isSuperseded(first)).isFalse();
        imports.tellings().told("B", 1);
        assertThat(imports.tellings().isSuperseded(first)).isTrue();
        assertThat(imports.tellings().isSuperseded(second)).isFalse();
    }

    @Test
    void anotherDropsFileOfTheSameNameHasItsOwnReceipt() {
        ImportRow first = ledger.taken("A", null);
        ledger.begun("B", "beta", "vips.csv", null);
        imports.takes().inCustody("B", NOW);
        imports.tellings().told("B", 1);
        assertThat(imports.tellings().isSuperseded(first)).isFalse();
    }

    @Test
    void theLastDeliveredIsTheOneThatWasSentLastWhateverTheClockSaid() {
        for (String id : List.of("A", "B", "C")) {
            ledger.ready(id, "lane", 1);
        }
        ledger.ready("D", "other", 1);
        deliver(20);
        deliver(10);
        assertThat(imports.get("B").state()).isEqualTo(ImportState.DELIVERED);

        assertThat(imports.lastDelivered("lane", NOW).map(ImportRow::id)).contains("B");
        assertThat(imports.lastDelivered("lane", NOW.plusSeconds(10)).map(ImportRow::id))
                .contains("B");
        assertThat(imports.lastDelivered("lane", NOW.plusSeconds(11))).isEmpty();
        assertThat(imports.lastClearing(7)).isEmpty();
    }

    @Test
    void theLastClearingImportIsRemembered() {
        for (String id : List.of("A", "B")) {
            ledger.taken(id, "lane");
            ledger.plan(id, "lane", 1, ResendClass.SAFE, true, false);
        }
        deliver(1);
        assertThat(imports.lastClearing(7).map(ImportRow::id)).contains("A");
        deliver(0);
        assertThat(imports.lastClearing(7).map(ImportRow::id)).contains("B");
        assertThat(imports.lastClearing(8)).isEmpty();
    }

    /** Delivers the oldest that waits, at this second by the clock. */
    private void deliver(int second) {
        Claims claims = ledger.claims();
        Claim claim =
                claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW).orElseThrow();
        Outcome accepted = new Outcome.Accepted(Answer.NONE);
        ledger.outcomes().record(claim, accepted, new Step.ChunkAccepted(), List.of(), NOW.plusSeconds(second));
    }

    @Test
    void aRequestIdIsPlannedOnceInItsDrop() {
        for (String id : List.of("A", "B", "C", "D")) {
            ledger.taken(id, null);
        }
        ledger.begun("E", "beta", "vips.csv", null);
        imports.takes().inCustody("E", NOW);

        assertThat(ledger.planOnce("A", "request-1")).isEmpty();
        assertThat(ledger.planOnce("B", "request-1").map(ImportRow::id)).contains("A");
        assertThat(imports.get("B").state()).isEqualTo(ImportState.TAKEN);
        assertThat(ledger.planOnce("C", "request-2")).isEmpty();
        assertThat(ledger.planOnce("E", "request-1")).as("of another drop").isEmpty();
        imports.change("A", ImportState.DISCARDED, null, "x", "ann", NOW);
        assertThat(ledger.planOnce("D", "request-1"))
                .as("its import was ended unsent")
                .isEmpty();
    }

    @Test
    void ofManyPlannedAtOnceWithOneRequestIdOneIsSent() throws Exception {
        List<String> ids = IntStream.range(0, 8).mapToObj(n -> "I" + n).toList();
        ids.forEach(id -> ledger.taken(id, null));
        int sent = 0;
        CyclicBarrier together = new CyclicBarrier(ids.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(ids.size())) {
            List<Future<Boolean>> planned = ids.stream()
                    .map(id -> threads.submit(() -> {
                        together.await();
                        return ledger.planOnce(id, "request-1").isEmpty();
                    }))
                    .toList();

            for (Future<Boolean> one : planned) {
                sent += one.get() ? 1 : 0;
            }
        }
        assertThat(sent).isOne();
    }

    @Test
    void aSegmentIsNewerOnceALaterImportOfItsLaneWasAttempted() {
        ledger.ready("A", "1", 1);
        imports.change("A", ImportState.DISCARDED, null, "x", "ann", NOW);
        ledger.ready("B", "1", 1);
        assertThat(imports.isSegmentNewerThan("A")).isFalse();

        Claims claims = ledger.claims();
        claims.begin(claims.next(NOW, Set.of()).orElseThrow(), NOW);
        assertThat(imports.isSegmentNewerThan("A")).isTrue();
        assertThat(imports.isSegmentNewerThan("B")).isFalse();
    }

    @Test
    void anUnknownImportIsSaidToBeSo() {
        assertThatThrownBy(() -> imports.get("X"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no import X");
    }

    private Optional<String> nextToCheck(String... busy) {
        return imports.nextToCheck(Set.of(busy), NOW).map(ImportRow::id);
    }

    private Optional<String> nextToTell(String... busy) {
        Instant now = NOW.plusMillis(500);
        return imports.tellings().next(Set.of(busy), List.of(), now).map(ImportRow::id);
    }

    private static Stream<String> ids(List<ImportRow> rows) {
        return rows.stream().map(ImportRow::id);
    }
}
