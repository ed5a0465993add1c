package io.segmentdrop.core.split;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A SHA-256 that is worked out beside the thread that feeds it: what comes in is copied into a block, and a full block is
 * handed over, in order. What is left in the last one is hashed in place, so that little data never leaves its thread.
 *
 * <p>Memory is flat: at most {@value #MOST_BLOCKS} blocks of {@value #BLOCK} bytes, and as much as the data where that is
 * less. Who feeds faster than it is hashed waits for the oldest block. If the executor refuses or loses to a fault what was
 * handed over, one of the next calls throws: a hash is the right one, or there is none.
 */
public final class Sha256 {

    static final int BLOCK = 1 << 18;
    static final int MOST_BLOCKS = 3;
    private static final int FIRST_BLOCK = 1 << 10;

    private final Executor executor;
    private final MessageDigest digest = Digests.sha256();
    private final Deque<CompletableFuture<byte[]>> handedOver = new ArrayDeque<>(MOST_BLOCKS);
    private byte[] block = new byte[FIRST_BLOCK];
    private int filled;

    /**
     * A fresh one.
     *
     * @param executor hashes the full blocks; {@code Runnable::run} does it in the thread that feeds
     */
    public Sha256(Executor executor) {
        this.executor = executor;
    }

    /**
     * Takes the next bytes; the array may be changed afterwards.
     *
     * @throws IllegalStateException if the executor failed
     */
    public void update(byte[] bytes, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            makeRoom(left);
            int taken = Math.min(left, block.length - filled);
            System.arraycopy(bytes, at, block, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
        }
    }

    /** The hash of all that was taken, in lower-case hexadecimal; what is taken next begins a new one. */
    public String hex() {
        while (!handedOver.isEmpty()) {
            takeBack();
        }
        digest.update(block, 0, filled);
        filled = 0;
        return Digests.hex(digest);
    }

    private void makeRoom(int more) {
        if (filled == BLOCK) {
            handOver();
        } else if (filled + more > block.length && block.length < BLOCK) {
            block = Arrays.copyOf(block, Math.clamp(2L * block.length, Math.min(filled + more, BLOCK), BLOCK));
        }
    }

    private void handOver() {
        byte[] full = block;
        CompletableFuture<byte[]> before =
                handedOver.isEmpty() ? CompletableFuture.completedFuture(full) : handedOver.getLast();
        handedOver.add(before.thenApplyAsync(done -> hash(full), executor));
        block = isOldestDone() || handedOver.size() == MOST_BLOCKS ? takeBack() : new byte[BLOCK];
        filled = 0;
    }

    private byte[] hash(byte[] full) {
        digest.update(full, 0, BLOCK);
        return full;
    }

    private boolean isOldestDone() {
        return handedOver.getFirst().isDone();
    }

    /** The oldest block; one that was lost stays the oldest, so that there is no hash ever after. */
    private byte[] takeBack() {
        try {
            byte[] free = handedOver.getFirst().join();
            handedOver.removeFirst();
            return free;
        } catch (CompletionException e) {
            throw new IllegalStateException("expected a SHA-256, found a fault where it is worked out", e.getCause());
        }
    }
}
