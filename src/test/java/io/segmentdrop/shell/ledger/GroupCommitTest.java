package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.CountedLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Transactions of many threads share a commit, and nothing else. */
@NullUnmarked
class GroupCommitTest {

    private static final int MANY = 20;

    @TempDir
    Path home;

    private final CountDownLatch open = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger failed = new AtomicInteger();
    private Calls calls = Calls.all();
    private int before;
    private LedgerDatabase ledger;

    private void start(Calls counted) {
        calls = counted;
        ledger = LedgerDatabase.open(home, source -> CountedLedger.of(source, calls));
        before = calls.names().size();
    }

    private List<String> sinceStart() {
        return calls.names().subList(before, calls.names().size());
    }

    private long commits() {
        return sinceStart().stream().filter("ledger: commit"::equals).count();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatWaitsForACommitSharesTheNext() throws InterruptedException {
        start(Calls.all());
        gather(i -> event("event " + i));
        assertThat(events()).hasSize(1 + MANY);
        assertThat(commits()).as("the first, and all that waited for it").isEqualTo(2);
    }

    @Test
    void workThatThrowsLeavesNoTraceAndTakesNoOtherWithIt() throws InterruptedException {
        start(Calls.all());
        gather(i -> {
            event("event " + i);
            if (i % 2 == 0) {
                throw new IllegalStateException("work " + i);
            }
        });
        assertThat(failed).hasValue(MANY / 2);
        assertThat(events()).hasSize(1 + MANY / 2).noneMatch(detail -> detail.matches("event \\d*[02468]"));
        assertThat(commits()).isEqualTo(2);
    }

    @Test
    void aCommitThatFailsFailsAllOfItsGroup() throws InterruptedException {
        start(Calls.all());
        int first = before + 2;
        ledger.close();
        // the statement and the commit of the first, the statements of the others, their commit
        start(Calls.wrong(first + MANY + 1, Calls.Wrong.FAILS));
        gather(i -> event("event " + i));
        assertThat(sinceStart()).last().isEqualTo("ledger: commit");
        assertThat(failed).hasValue(MANY);
        assertThat(events()).containsExactly("first");
    }

    @Test
    void workWithinWorkIsAPartOfIt() {
        start(Calls.all());
        assertThatThrownBy(() -> ledger.inTransaction(() -> {
                    ledger.inTransaction(() -> event("inner"));
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");
        assertThat(events()).isEmpty();
        assertThat(commits()).isZero();
    }

    @Test
    void outsideOfATransactionNothingIsWritten() {
        start(Calls.all());
        assertThatThrownBy(() -> event("alone")).isInstanceOf(DataAccessException.class);
        assertThat(events()).isEmpty();
    }

    private interface Numbered {
        void run(int i);
    }

    /** Holds the first transaction open until all others wait behind it. */
    private void gather(Numbered work) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        begin(() -> {
            event("first");
            inside.countDown();
            open.await();
        });
        inside.await();
        IntStream.range(0, MANY).forEach(i -> begin(() -> work.run(i)));
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        open.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void begin(Work work) {
        threads.add(Thread.ofPlatform().start(() -> {
            try {
                ledger.inTransaction(() -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            } catch (IllegalStateException | DataAccessException | TransactionException e) {
                failed.incrementAndGet();
            }
        }));
    }

    private void event(String detail) {
        ledger.write()
                .sql("insert into event (at, kind, detail, actor) values (?, 'test', ?, 'test')")
                .params(Instant.EPOCH.toEpochMilli(), detail)
                .update();
    }

    private List<String> events() {
        return ledger.read()
                .sql("select detail from event order by id")
                .query(String.class)
                .list();
    }
}
