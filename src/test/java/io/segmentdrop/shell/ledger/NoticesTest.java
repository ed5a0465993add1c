package io.segmentdrop.shell.ledger;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.notice.Notice;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One notice for each cause, not one for each file. */
class NoticesTest {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    @TempDir
    Path home;

    private TestLedger ledger;
    private Notices notices;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        notices = new Notices(ledger.database());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void reject(String id, Code code) {
        ledger.taken(id, null);
        ledger.imports().change(id, ImportState.REJECTED, code, "for a test", Imports.SELF, NOW);
    }

    /** Tells all that is due. */
    private List<Notice> tell(Instant now) {
        List<Notice> told = new ArrayList<>();
        for (Optional<Notices.Due> due = notices.next(now); due.isPresent(); due = notices.next(now)) {
            told.add(due.get().notice());
            notices.told(due.get(), WINDOW, now);
        }
        return told;
    }

    @Test
    void theFirstIsToldAtOnceAndTheOthersTogether() {
        reject("A", Code.CSV_EMPTY);
        assertThat(tell(NOW)).singleElement().satisfies(notice -> {
            assertThat(notice.news()).isEqualTo(News.IMPORT_REJECTED);
            assertThat(notice.drop()).isEqualTo("acme");
            assertThat(notice.importId()).isEqualTo("A");
            assertThat(notice.file()).isEqualTo("vips.csv");
            assertThat(notice.count()).isOne();
        });

        reject("B", Code.CSV_EMPTY);
        reject("C", Code.CSV_EMPTY);

        assertThat(tell(NOW.plus(WINDOW).minusMillis(1))).isEmpty();
        assertThat(tell(NOW.plus(WINDOW))).singleElement().satisfies(notice -> {
            assertThat(notice.count()).isEqualTo(2);
            assertThat(notice.importId()).isEqualTo("C");
        });
        assertThat(tell(NOW.plus(WINDOW.multipliedBy(10)))).isEmpty();
    }

    @Test
    void anotherCodeIsAnotherCause() {
        reject("A", Code.CSV_EMPTY);
        reject("B", Code.CSV_NUL);

        assertThat(tell(NOW)).extracting(Notice::code).containsExactlyInAnyOrder(Code.CSV_EMPTY, Code.CSV_NUL);
    }

    @Test
    void whatHappensWhileItIsToldIsNotLost() {
        reject("A", Code.CSV_EMPTY);
        Notices.Due due = notices.next(NOW).orElseThrow();
        reject("B", Code.CSV_EMPTY);
        notices.told(due, WINDOW, NOW);

        assertThat(tell(NOW.plus(WINDOW))).extracting(Notice::count).containsExactly(1L);
    }

    @Test
    void whatWasNotToldIsToldAfterARestart() {
        reject("A", Code.CSV_EMPTY);
        ledger.close();
        ledger = new TestLedger(home);
        notices = new Notices(ledger.database());

        assertThat(tell(NOW)).hasSize(1);
    }

    @Test
    void aFailureIsTriedAgainAfterAPauseThatGrows() {
        reject("A", Code.CSV_EMPTY);
        Instant now = NOW;
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Notices.Due due = notices.next(now).orElseThrow();
            Duration pause = notices.failed(due, now);
            assertThat(notices.next(now.plus(pause).minusMillis(1))).isEmpty();
            assertThat(notices.untold()).isOne();
            now = now.plus(pause);
            pauses.add(pause.toSeconds());
        }

        assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
        assertThat(tell(now)).hasSize(1);
        assertThat(notices.untold()).isZero();
    }

    @Test
    void aGateIsToldWhenItClosesAndWhenItOpens() {
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "the API is down", Imports.SELF, NOW);
        ledger.gates().close(Gates.API, Code.API_OUTAGE, "the API is down", Imports.SELF, NOW);
        assertThat(tell(NOW)).extracting(Notice::news).containsExactly(News.GATE_CLOSED);

        ledger.gates().open(Gates.API, "alice", NOW);
        ledger.gates().open(Gates.API, "alice", NOW);
        assertThat(tell(NOW)).singleElement().satisfies(notice -> {
            assertThat(notice.news()).isEqualTo(News.GATE_OPENED);
            assertThat(notice.gate()).isEqualTo("api");
            assertThat(notice.by()).isEqualTo("alice");
        });
    }

    @Test
    void anImportThatEndsWellIsNoNews() {
        ledger.inState("A", ImportState.DELIVERED);
        ledger.inState("B", ImportState.DUPLICATE);
        ledger.inState("C", ImportState.DISCARDED);

        assertThat(tell(NOW)).isEmpty();
    }
}
