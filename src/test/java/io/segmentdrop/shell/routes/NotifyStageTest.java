package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.calendar.FeedCalendar;
import io.segmentdrop.core.calendar.FeedState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.notice.News;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.EventRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Notices;
import io.segmentdrop.shell.ledger.Takes;
import io.segmentdrop.testkit.SetClock;
import io.segmentdrop.testkit.TestLedger;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the route {@code notify}. The clock begins at 03:04:05; the feed is due at 06:00. */
class NotifyStageTest {

    private static final FeedCalendar DAILY =
            new FeedCalendar(LocalTime.parse("06:00"), ZoneOffset.UTC, EnumSet.allOf(DayOfWeek.class), 1, Set.of());

    @TempDir
    Path home;

    private final SetClock clock = new SetClock(NOW);
    private final DropBoard board = new DropBoard();
    private TestLedger ledger;
    private Feeds feeds;
    private NotifyWork work;

    @BeforeEach
    void open() {
        ledger = new TestLedger(home);
        begin();
    }

    private void begin() {
        feeds = new Feeds(Map.of("acme", DAILY), ledger.browse(), ledger.events());
        ClosedDrops closed = new ClosedDrops(board, ledger.events());
        work = new NotifyWork(feeds, closed, new Notices(ledger.database()), Duration.ofMinutes(15), clock, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** What is told now, each by its event. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (Object piece = work.claim(); piece != null; piece = work.claim()) {
            told.add(String.valueOf(new NotifyStage().news(exchange(piece)).get("event")));
            work.release(piece);
        }
        return told;
    }

    private static Exchange exchange(Object piece) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Piece.put(exchange, piece);
        return exchange;
    }

    private FeedState.Word feed() {
        return Objects.requireNonNull(feeds.all().get("acme")).word();
    }

    @Test
    void tellsInEachShape() {
        ledger.ready("A", "1", 1);
        ledger.imports().change("A", ImportState.HELD, Code.SEG_NOT_FOUND, "no\nsegment 7", Imports.SELF, NOW);
        Exchange exchange = exchange(Objects.requireNonNull(work.claim()));
        NotifyStage stage = new NotifyStage();

        assertThat(stage.news(exchange)).containsEntry("event", "import held").containsEntry("import", "A");
        assertThat(stage.text(exchange)).contains("no?segment 7").doesNotContain("\n");
        assertThat(stage.message(exchange)).containsExactly(Map.entry("text", stage.text(exchange)));
    }

    @Test
    void whatFailedIsToldAgain() {
        ledger.inState("A", ImportState.REJECTED);
        NotifyWork.Telling telling = (NotifyWork.Telling) Objects.requireNonNull(work.claim());
        telling.fail();
        work.release(telling);

        assertThat(told()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(told()).containsExactly("import rejected");
        clock.advance(Duration.ofDays(1));
        assertThat(told()).doesNotContain("import rejected");
    }

    @Test
    void aDropThatStaysClosedIsToldOfOnceForEachCause() {
        board.add("files");
        told();
        board.closed("files", Code.SRC_DIR_MISSING, "no folder");
        assertThat(toldLater(Duration.ofSeconds(5))).as("it may pass").isEmpty();
        assertThat(toldLater(Duration.ofSeconds(59))).isEmpty();
        assertThat(toldLater(Duration.ofSeconds(5))).containsExactly("drop closed");
        assertThat(toldLater(Duration.ofHours(1))).isEmpty();

        begin();
        assertThat(toldLater(Duration.ofHours(1))).as("after a restart").isEmpty();
        board.closed("files", Code.DISK_RESERVE, "no room");
        assertThat(toldLater(Duration.ofMinutes(2))).containsExactly("drop closed");

        board.scanned("files", clock.instant(), List.of(), 0);
        assertThat(toldLater(Duration.ofSeconds(5))).containsExactly("drop opened");
        assertThat(toldLater(Duration.ofSeconds(5))).isEmpty();
    }

    @Test
    void aDropThatIsSoonOpenAgainIsNoNews() {
        board.add("files");
        board.closed("files", Code.SRC_DIR_MISSING, "no folder");
        told();
        board.scanned("files", clock.instant(), List.of(), 0);
        assertThat(toldLater(Duration.ofSeconds(50))).isEmpty();
        board.closed("files", Code.SRC_DIR_MISSING, "no folder");
        assertThat(toldLater(Duration.ofSeconds(50))).as("from the beginning").isEmpty();
    }

    @Test
    void afterAStartADropIsOpenOnlyOnceItWasRead() {
        ledger.events().drop(News.DROP_CLOSED, "files", Code.SRC_DIR_MISSING, "no folder", NOW);
        board.add("files");
        assertThat(told()).containsExactly("drop closed");
        assertThat(toldLater(Duration.ofMinutes(2))).isEmpty();
        board.scanned("files", clock.instant(), List.of(), 0);
        assertThat(toldLater(Duration.ofSeconds(5))).containsExactly("drop opened");
    }

    /** Of drops, not of the feed. */
    private List<String> toldLater(Duration time) {
        clock.advance(time);
        return told().stream().filter(event -> event.startsWith("drop")).toList();
    }

    @Test
    void aFeedIsLateOnceAndArrivesOnce() {
        assertThat(told()).isEmpty();
        assertThat(feed()).isEqualTo(FeedState.Word.MISSING);

        clock.advance(Duration.ofHours(3));
        assertThat(told()).containsExactly("feed late");
        clock.advance(Duration.ofMinutes(1));
        assertThat(told()).isEmpty();
        begin();
        assertThat(told()).as("after a restart").isEmpty();

        ledger.imports().takes().intend(List.of(take("A")), clock.instant());
        ledger.imports().takes().inCustody("A", clock.instant());
        clock.advance(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("feed arrived");
        assertThat(feed()).isEqualTo(FeedState.Word.ARRIVED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(told()).isEmpty();
    }

    @Test
    void eachDayIsLateForItself() {
        clock.advance(Duration.ofHours(3));
        assertThat(told()).containsExactly("feed late");
        clock.advance(Duration.ofDays(1));
        assertThat(told()).containsExactly("feed late");
    }

    @Test
    void aClockThatWasADayAheadHasNotToldOfToday() {
        clock.set(Duration.ofDays(1).plusHours(3));
        assertThat(isFeedToldOf()).isTrue();
        clock.set(Duration.ofDays(-1).minusHours(3));

        clock.advance(Duration.ofHours(3));
        assertThat(isFeedToldOf()).isTrue();
        clock.set(Duration.ofHours(-1));
        clock.advance(Duration.ofHours(1));
        assertThat(isFeedToldOf()).as("of the same day").isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(isFeedToldOf()).isTrue();
    }

    private boolean isFeedToldOf() {
        Optional<EventRow> before = ledger.events().lastOfFeed("acme");
        feeds.look(clock.instant());
        return !ledger.events().lastOfFeed("acme").equals(before);
    }

    @Test
    void halfAPairIsNoFile() {
        ledger.imports().takes().intend(List.of(take("A")), clock.instant());
        ledger.imports().takes().inCustody("A", clock.instant());
        ledger.imports().takes().verdict("A", Code.SIDE_MISSING, "for a test");
        clock.advance(Duration.ofHours(3));

        assertThat(told()).containsExactly("feed late");
    }

    private static Takes.Take take(String id) {
        return new Takes.Take(
                id, "acme", "list.csv", List.of(List.of("list.csv", "1:1:1", "source.csv")), null, null, null, null);
    }
}
