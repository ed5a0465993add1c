package io.segmentdrop.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashingTest {

    private static final int PAGE = 1 << 14;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Fills pages in pieces of many lengths, each taken by one hash; a page of another size now and then. */
    private static void read(Hashing hashing, byte[] all, Hashing.Sha256... hashes) {
        Random random = new Random(all.length);
        byte[] page = hashing.page();
        int filled = 0;
        for (int at = 0; at < all.length; ) {
            if (filled == page.length) {
                page = hashing.turn(random.nextInt(5) == 0 ? PAGE + 1 : PAGE);
                filled = 0;
            }
            int count = Math.min(1 + random.nextInt(PAGE / 3), Math.min(all.length - at, page.length - filled));
            System.arraycopy(all, at, page, filled, count);
            for (Hashing.Sha256 hash : hashes) {
                hash.update(page, filled, count);
            }
            filled += count;
            at += count;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, 5 * PAGE, 20 * PAGE + 17})
    void isTheHashWhoeverWorksItOut(int length) {
        byte[] all = random(length);
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService many = Executors.newFixedThreadPool(3)) {
            for (Executor executor : new Executor[] {Runnable::run, one, many}) {
                Hashing hashing = new Hashing(PAGE, executor);
                Hashing.Sha256 hash = hashing.sha256();
                Hashing.Sha256 other = hashing.sha256();
                read(hashing, all, hash, other);
                assertThat(hash.end().hex()).isEqualTo(Digests.hex(all));
                assertThat(other.end().hex()).isEqualTo(Digests.hex(all));
            }
        }
    }

    /** What stands elsewhere may be changed at once, and keeps its place between what stands on the pages. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000, 20_000})
    void copiesWhatStandsElsewhere(int size) {
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Hashing hashing = new Hashing(PAGE, one);
            Hashing.Sha256 hash = hashing.sha256();
            byte[] elsewhere = new byte[size + 1];
            byte[] expected = new byte[50 * (size + 4)];
            int at = 0;
            for (int i = 1; i <= 50; i++) {
                byte[] page = i % 7 == 0 ? hashing.turn(PAGE) : hashing.page();
                int place = 4 * (i % 7);
                Arrays.fill(page, place, place + 4, (byte) -i);
                Arrays.fill(elsewhere, (byte) i);
                hash.update(page, place, 4);
                hash.update(elsewhere, 1, size);
                Arrays.fill(expected, at, at + 4, (byte) -i);
                Arrays.fill(expected, at + 4, at + 4 + size, (byte) i);
                at += 4 + size;
            }
            Arrays.fill(elsewhere, (byte) 0);
            assertThat(hash.end().hex()).isEqualTo(Digests.hex(expected));
        }
    }

    @Test
    void beginsAnewBehindAnEnd() {
        byte[] all = random(4 * PAGE);
        List<Hashing.Result> results = new ArrayList<>();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Hashing hashing = new Hashing(PAGE, one);
            Hashing.Sha256 hash = hashing.sha256();
            for (int at = 0; at < all.length; at += PAGE / 2) {
                byte[] page = at > 0 && at % PAGE == 0 ? hashing.turn(PAGE) : hashing.page();
                System.arraycopy(all, at, page, at % PAGE, PAGE / 2);
                hash.update(page, at % PAGE, PAGE / 2);
                results.add(hash.end());
            }
            for (int i = 0; i < results.size(); i++) {
                byte[] part = Arrays.copyOfRange(all, i * PAGE / 2, (i + 1) * PAGE / 2);
                assertThat(results.get(i).hex()).isEqualTo(Digests.hex(part));
            }
        }
    }

    @Test
    void keepsLittleDataInItsThread() {
        Hashing hashing = new Hashing(PAGE, task -> {
            throw new IllegalStateException("nothing may be handed over");
        });
        Hashing.Sha256 hash = hashing.sha256();
        read(hashing, random(PAGE), hash);
        assertThat(hash.end().hex()).isEqualTo(Digests.hex(random(PAGE)));
    }

    /** The executor does nothing until the reader would have to wait: then all pages are handed over. */
    @Test
    void handsOverNoMoreThanItsPages() throws InterruptedException {
        Deque<Runnable> queue = new ArrayDeque<>();
        AtomicInteger turned = new AtomicInteger();
        Hashing hashing = new Hashing(PAGE, task -> {
            synchronized (queue) {
                queue.add(task);
            }
        });
        Hashing.Sha256 hash = hashing.sha256();
        Thread reader = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 10; i++) {
                Arrays.fill(hashing.page(), (byte) i);
                hash.update(hashing.page(), 0, PAGE);
                hashing.turn(PAGE);
                turned.incrementAndGet();
            }
        });
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(turned).hasValue(Hashing.MOST_PAGES);

        while (reader.isAlive()) {
            runOne(queue);
        }
        reader.join();
        byte[] all = new byte[10 * PAGE];
        for (int i = 0; i < 10; i++) {
            Arrays.fill(all, i * PAGE, (i + 1) * PAGE, (byte) i);
        }
        while (!queue.isEmpty()) {
            runOne(queue);
        }
        assertThat(hash.end().hex()).isEqualTo(Digests.hex(all));
    }

    private static void runOne(Deque<Runnable> queue) {
        Runnable task;
        synchronized (queue) {
            task = queue.poll();
        }
        if (task != null) {
            task.run();
        }
    }

    @Test
    void throwsWhereTheExecutorRefuses() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.close();
        Hashing hashing = new Hashing(PAGE, closed);
        Hashing.Sha256 hash = hashing.sha256();
        assertThatThrownBy(() -> {
                    read(hashing, random(3 * PAGE), hash);
                    hash.end().hex();
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a SHA-256, found a fault where it is worked out")
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    /** Only the second page is refused; the hash of the others must not be taken for that of all. */
    @Test
    void throwsWhereOnePageIsLost() {
        AtomicInteger calls = new AtomicInteger();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Hashing hashing = new Hashing(PAGE, task -> {
                if (calls.incrementAndGet() == 2) {
                    throw new OutOfMemoryError("no more threads");
                }
                one.execute(task);
            });
            Hashing.Sha256 hash = hashing.sha256();
            assertThatThrownBy(() -> {
                        read(hashing, random(8 * PAGE), hash);
                        hash.end().hex();
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no more threads");
        }
    }
}
