package io.segmentdrop.core.check;

import io.segmentdrop.core.split.Hashing;
import java.io.IOException;

/**
 * The piece of the source that is in memory: a page, read piece by piece. It always holds the current record from its
 * first byte on, at {@link #start}, which alone moves on to the next page when one is full, for what was read is hashed
 * where it stands. Pages grow up to the longest record allowed and no further. The fields are open to the package, since
 * the innermost loops read them.
 */
final class Window {

    /** Room for a record that is one byte too long and for the byte after a CR. */
    private static final int MOST = CheckRules.MAX_RECORD + 2;

    private final Source source;
    private final Hashing pages;
    private final int readSize;

    /** The bytes; {@link RecordIndex#BLOCK} of them behind any limit, of no meaning, so that whole blocks can be read. */
    byte[] bytes;

    /** Where the current record begins. */
    int start;

    /** The next byte to look at. */
    int at;

    /** Behind the last byte that was read. */
    int limit;

    private long moves;
    private boolean hasEnded;

    /**
     * A window on the source's present place.
     *
     * @param readSize how many bytes are read at once, from 1
     * @param pages hashes what was read; its first page is larger than a block
     */
    Window(Source source, int readSize, Hashing pages) {
        this.source = source;
        this.readSize = readSize;
        this.pages = pages;
        this.bytes = pages.page();
    }

    /** The place in the file, from 0, of a byte in the window. */
    long place(int index) {
        return source.bytes() - source.pending() - limit + index;
    }

    /** How often bytes have come in or changed their index until now. */
    long moves() {
        return moves;
    }

    /** True if the current record has reached its limit, so that nothing more may be read for it. */
    boolean isFull() {
        return limit - start >= MOST;
    }

    /** Reads once, and makes room where that is needed; false at the end of the source. */
    boolean fill() throws IOException {
        makeRoom();
        return read();
    }

    /**
     * Lets go of all before {@link #at}, and reads on; pages do not grow. False if there is nothing to read, or if so much
     * would be kept that it is not worth its while.
     */
    boolean refill() throws IOException {
        if (hasEnded || limit - at > capacity() / 2) {
            return false;
        }
        start = at;
        makeRoom();
        int before = limit;
        int full = Math.min(capacity(), limit + readSize);
        boolean goesOn = true;
        while (goesOn && limit < full) {
            goesOn = read();
        }
        return limit > before;
    }

    private boolean read() throws IOException {
        int count = source.read(bytes, limit, Math.min(readSize, capacity() - limit));
        limit += Math.max(count, 0);
        hasEnded = count < 0;
        return count > 0;
    }

    private int capacity() {
        return bytes.length - RecordIndex.BLOCK;
    }

    private void makeRoom() {
        moves++;
        if (limit < capacity()) {
            return;
        }
        int kept = limit - start;
        int size = kept <= capacity() / 2 ? capacity() : Math.clamp(2L * kept, kept + 1, Math.max(MOST, capacity()));
        byte[] before = bytes;
        bytes = pages.turn(size + RecordIndex.BLOCK);
        System.arraycopy(before, start, bytes, 0, kept);
        at -= start;
        limit = kept;
        start = 0;
    }
}
