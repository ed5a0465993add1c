package io.segmentdrop.core.split;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Works out SHA-256 beside the thread that reads the data, without copying it: the data is read into pages, each hash notes
 * which stretches of the page are its own, and a page that is turned is handed over with its notes. What stands elsewhere is
 * copied. The last page is hashed in place, so that little data never leaves its thread.
 *
 * <p>Memory is flat: at most {@value #MOST_PAGES} pages besides the one that is written. Who turns them faster than they are
 * hashed waits for the oldest. If the executor refuses or loses to a fault what was handed over, one of the next calls
 * throws: a hash is the right one, or there is none.
 */
public final class Hashing {

    static final int MOST_PAGES = 3;
    private static final int ASIDE = 1 << 13;

    private final Executor executor;
    private final Deque<Turned> turned = new ArrayDeque<>(MOST_PAGES);
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private List<Note> notes = new ArrayList<>();
    private int turns;
    private byte[] page;
    private byte[] aside = {};
    private int asideFilled;

    /** A page that is being hashed; it may be written again when it is done. */
    @SuppressWarnings("ArrayRecordComponent") // the array itself is meant; two of these are never compared
    private record Turned(byte[] page, CompletableFuture<Void> done) {}

    /**
     * Hashes with a first page.
     *
     * @param page how large it is, in bytes, from 1
     * @param executor hashes the pages that are turned; {@code Runnable::run} does it in the thread that reads
     */
    public Hashing(int page, Executor executor) {
        this.page = new byte[page];
        this.executor = executor;
    }

    /** The present page. Bytes of it that a hash has taken must stay as they are. */
    public byte[] page() {
        return page;
    }

    /**
     * Hands the present page over; another one of this size takes its place, of whatever content.
     *
     * @throws IllegalStateException if the executor failed
     */
    public byte[] turn(int size) {
        List<Note> full = notes;
        notes = new ArrayList<>();
        turns++;
        aside = new byte[0];
        asideFilled = 0;
        done = done.thenRunAsync(() -> full.forEach(Note::hash), executor);
        turned.add(new Turned(page, done));
        page = another(size);
        return page;
    }

    private byte[] another(int size) {
        Turned oldest = turned.getFirst();
        if (turned.size() <= MOST_PAGES && !oldest.done().isDone()) {
            return new byte[size];
        }
        await(oldest.done());
        turned.removeFirst();
        return oldest.page().length == size ? oldest.page() : new byte[size];
    }

    /** Hashes here what was not handed over, and waits for the rest. */
    private void finish() {
        await(done);
        turned.clear();
        notes.forEach(Note::hash);
        notes = new ArrayList<>();
        turns++;
    }

    private static void await(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("expected a SHA-256, found a fault where it is worked out", e.getCause());
        }
    }

    /** A fresh hash of what is read on these pages. */
    public Sha256 sha256() {
        return new Sha256();
    }

    /** A stretch of bytes that one hash has taken. */
    private static final class Note {

        private final MessageDigest digest;
        private final int turn;
        private final byte[] bytes;
        private final int from;
        private int to;

        Note(MessageDigest digest, int turn, byte[] bytes, int from, int to) {
            this.digest = digest;
            this.turn = turn;
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @SuppressWarnings("ReferenceEquality") // the array itself is meant
        boolean isBefore(byte[] others, int place) {
            return bytes == others && to == place;
        }

        void hash() {
            digest.update(bytes, from, to - from);
        }
    }

    /** One hash of several that are worked out over the same pages. */
    public final class Sha256 {

        private MessageDigest digest = Digests.sha256();
        private Note last = new Note(digest, -1, page, 0, 0);

        private Sha256() {}

        /** Takes the next bytes. Those of the present page must stay as they are, others may be changed afterwards. */
        @SuppressWarnings("ReferenceEquality") // the page itself is meant
        public void update(byte[] bytes, int from, int count) {
            if (bytes == page) {
                note(bytes, from, count);
            } else {
                int copied = copy(bytes, from, count);
                note(aside, copied, count);
            }
        }

        private void note(byte[] bytes, int from, int count) {
            if (last.turn == turns && last.isBefore(bytes, from)) {
                last.to += count;
            } else {
                last = new Note(digest, turns, bytes, from, from + count);
                notes.add(last);
            }
        }

        /** The hash of all that was taken; what is taken next begins a new one. */
        public Result end() {
            Result ended = new Result(digest);
            digest = Digests.sha256();
            last = new Note(digest, -1, page, 0, 0);
            return ended;
        }
    }

    /** A hash whose bytes have all been taken, but perhaps not been hashed yet. */
    public final class Result {

        private final MessageDigest digest;

        private Result(MessageDigest digest) {
            this.digest = digest;
        }

        /**
         * Waits for it; to be asked once.
         *
         * @return lower-case hexadecimal
         * @throws IllegalStateException if the executor failed
         */
        public String hex() {
            finish();
            return Digests.hex(digest);
        }
    }

    /** Copies to {@link #aside}; where it stands there. */
    private int copy(byte[] bytes, int from, int count) {
        if (count > aside.length - asideFilled) {
            aside = new byte[Math.max(count, ASIDE)];
            asideFilled = 0;
        }
        System.arraycopy(bytes, from, aside, asideFilled, count);
        asideFilled += count;
        return asideFilled - count;
    }
}
