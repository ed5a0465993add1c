package io.segmentdrop.core.check;

import java.io.IOException;
import java.util.Arrays;

/**
 * The piece of the source that is in memory. It always holds the current record from its first byte on, at
 * {@link #start}; it grows up to the longest record allowed and no further. Its fields are open to the package, since the
 * innermost loops read them.
 */
final class Window {

    /** Room for a record that is one byte too long and for the byte after a CR. */
    private static final int MOST = CheckRules.MAX_RECORD + 2;

    private final Source source;
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
     */
    Window(Source source, int readSize) {
        this.source = source;
        this.readSize = readSize;
        this.bytes = new byte[readSize + RecordIndex.BLOCK];
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
     * Lets go of all before {@link #at}, and reads until the window is full; it does not grow. False if there is nothing to
     * read, or if so much would be kept that it is not worth its while.
     */
    boolean refill() throws IOException {
        if (hasEnded || limit - at > capacity() / 2) {
            return false;
        }
        start = at;
        makeRoom();
        boolean found = false;
        while (limit < capacity() && read()) {
            found = true;
        }
        return found;
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
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, limit - start);
            at -= start;
            limit -= start;
            start = 0;
        }
        if (limit == capacity()) {
            int more = Math.clamp(2L * limit, limit + 1, Math.max(MOST, readSize));
            bytes = Arrays.copyOf(bytes, more + RecordIndex.BLOCK);
        }
    }
}
