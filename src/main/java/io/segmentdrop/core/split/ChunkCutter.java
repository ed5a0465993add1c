package io.segmentdrop.core.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the checked rows into chunks as they come. A chunk ends before the row that would take it above its limits; a single
 * row above the byte limit goes alone. Rows are never cut, and none is left out or moved.
 */
public final class ChunkCutter {

    private final Hashing.Sha256 hash;
    private final byte[] header;
    private final long maxRows;
    private final long maxBytes;
    private final List<Cut> chunks = new ArrayList<>();
    private long offset;
    private long length;
    private long rows;

    private record Cut(long offset, long length, long rows, Hashing.Result sha256) {}

    private ChunkCutter(byte[] header, long maxRows, long maxBytes, Hashing hashing) {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "expected limits from 1, found " + maxRows + " rows, " + maxBytes + " bytes");
        }
        this.header = header.clone();
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        this.hash = hashing.sha256();
        hash.update(header, 0, header.length);
    }

    /**
     * A cutter with limits for each chunk.
     *
     * @param header the header line with its line end, sent with each chunk
     * @param maxRows the most rows, without the header
     * @param maxBytes the most bytes, header included
     * @param hashing works out the chunks' hashes
     */
    public static ChunkCutter limited(byte[] header, long maxRows, long maxBytes, Hashing hashing) {
        return new ChunkCutter(header, maxRows, maxBytes, hashing);
    }

    /** A cutter that makes one chunk of all rows, however many: a clearing import is never split. */
    public static ChunkCutter whole(byte[] header, Hashing hashing) {
        return new ChunkCutter(header, Long.MAX_VALUE, Long.MAX_VALUE, hashing);
    }

    /** How many more rows the present chunk takes. */
    public long roomRows() {
        return maxRows - rows;
    }

    /** How many more bytes of rows the present chunk takes; none or fewer if a single row is above the limit. */
    public long roomBytes() {
        return maxBytes - header.length - length;
    }

    /** Takes the next row, its line end included. */
    public void add(byte[] bytes, int from, int count) {
        if (rows > 0 && (roomRows() == 0 || count > roomBytes())) {
            cut();
        }
        take(bytes, from, count, 1);
    }

    /** Takes rows for which the present chunk has room, their line ends included. */
    public void addAll(byte[] bytes, int from, int count, long number) {
        if (number > roomRows() || count > roomBytes()) {
            throw new IllegalArgumentException("expected at most " + roomRows() + " rows of " + roomBytes()
                    + " bytes, found " + number + " of " + count);
        }
        take(bytes, from, count, number);
    }

    private void take(byte[] bytes, int from, int count, long number) {
        hash.update(bytes, from, count);
        length += count;
        rows += number;
    }

    /**
     * Ends the last chunk; the whole plan, empty if there was no row. To be called once.
     *
     * @param start where the first row begins in the file that holds the rows, in bytes
     */
    public List<PlannedChunk> finish(long start) {
        if (rows > 0) {
            cut();
        }
        List<PlannedChunk> plan = new ArrayList<>(chunks.size());
        for (Cut cut : chunks) {
            plan.add(new PlannedChunk(
                    plan.size() + 1,
                    start + cut.offset(),
                    cut.length(),
                    cut.rows(),
                    cut.sha256().hex()));
        }
        return List.copyOf(plan);
    }

    private void cut() {
        chunks.add(new Cut(offset, length, rows, hash.end()));
        offset += length;
        length = 0;
        rows = 0;
        hash.update(header, 0, header.length);
    }
}
