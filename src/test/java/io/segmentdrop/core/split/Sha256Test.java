package io.segmentdrop.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {

    private static final int BLOCK = Sha256.BLOCK;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** In pieces of many lengths, out of an array that is used again at once, as the check does. */
    private static void feed(Sha256 hash, byte[] all) {
        Random random = new Random(all.length);
        byte[] piece = new byte[BLOCK * 2];
        for (int at = 0; at < all.length; ) {
            int count = Math.min(random.nextInt(random.nextBoolean() ? 200 : piece.length), all.length - at);
            System.arraycopy(all, at, piece, 7 % piece.length, Math.min(count, piece.length - 7));
            hash.update(piece, 7, Math.min(count, piece.length - 7));
            at += Math.min(count, piece.length - 7);
            Arrays.fill(piece, (byte) -1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK, 20 * BLOCK + 17})
    void isTheHashWhoeverWorksItOut(int length) {
        byte[] all = random(length);
        String expected = Digests.hex(all);
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService many = Executors.newFixedThreadPool(3)) {
            for (Executor executor : new Executor[] {Runnable::run, one, many}) {
                Sha256 hash = new Sha256(executor);
                for (int again = 0; again < 3; again++) {
                    feed(hash, all);
                    assertThat(hash.hex()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void keepsLittleDataInItsThread() {
        Sha256 hash = new Sha256(task -> {
            throw new IllegalStateException("nothing may be handed over");
        });
        feed(hash, random(BLOCK));
        assertThat(hash.hex()).isEqualTo(Digests.hex(random(BLOCK)));
    }

    /** The executor does nothing until the feeder would have to wait: then all blocks are handed over. */
    @Test
    void handsOverNoMoreThanItsBlocks() throws InterruptedException {
        Deque<Runnable> queue = new ArrayDeque<>();
        AtomicInteger taken = new AtomicInteger();
        Sha256 hash = new Sha256(task -> {
            synchronized (queue) {
                queue.add(task);
            }
        });
        byte[] block = new byte[BLOCK];
        Thread feeder = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 10; i++) {
                hash.update(block, 0, BLOCK);
                taken.incrementAndGet();
            }
        });
        while (feeder.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(taken).hasValue(Sha256.MOST_BLOCKS);

        while (feeder.isAlive()) {
            runOne(queue);
        }
        feeder.join();
        assertThat(taken).hasValue(10);
        Thread last =
                Thread.ofPlatform().start(() -> assertThat(hash.hex()).isEqualTo(Digests.hex(new byte[10 * BLOCK])));
        while (last.isAlive()) {
            runOne(queue);
        }
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
        Sha256 hash = new Sha256(closed);
        assertThatThrownBy(() -> {
                    feed(hash, random(3 * BLOCK));
                    hash.hex();
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a SHA-256, found a fault where it is worked out")
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    /** Only the second block is refused; the hash of the others must not be taken for that of all. */
    @Test
    void throwsWhereOneBlockIsLost() {
        AtomicInteger calls = new AtomicInteger();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Sha256 hash = new Sha256(task -> {
                if (calls.incrementAndGet() == 2) {
                    throw new OutOfMemoryError("no more threads");
                }
                one.execute(task);
            });
            assertThatThrownBy(() -> {
                        feed(hash, random(8 * BLOCK));
                        hash.hex();
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no more threads");
        }
    }
}
