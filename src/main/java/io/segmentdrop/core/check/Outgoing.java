package io.segmentdrop.core.check;

import io.segmentdrop.core.split.ChunkCutter;
import io.segmentdrop.core.split.PlannedChunk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accepted rows as they are sent. As long as they stand in the source one behind the other and byte by byte as they
 * must be, nothing is written: the source itself is sent. The first row that is changed, or that something was left out
 * before, begins the clean file.
 */
final class Outgoing {

    private final CsvCheck.CleanFile file;
    private final ChunkCutter cutter;
    private @Nullable OutputStream clean;
    private long from = -1;
    private long to = -1;

    Outgoing(CsvCheck.CleanFile file, ChunkCutter cutter) {
        this.file = file;
        this.cutter = cutter;
    }

    /**
     * Sends rows for which the present chunk has room as they stand in the source.
     *
     * @param place of the first one in the source, in bytes
     */
    void addAll(byte[] bytes, int at, int count, int number, long place) throws IOException {
        keep(bytes, at, count, place);
        cutter.addAll(bytes, at, count, number);
    }

    /** Sends a row as it stands in the source, its line end included. */
    void addSame(byte[] bytes, int at, int count, long place) throws IOException {
        keep(bytes, at, count, place);
        cutter.add(bytes, at, count);
    }

    /** Sends a row that stands otherwise in the source, or not at all. */
    void addOther(byte[] row, int count) throws IOException {
        clean().write(row, 0, count);
        cutter.add(row, 0, count);
    }

    private void keep(byte[] bytes, int at, int count, long place) throws IOException {
        if (from < 0) {
            from = place;
            to = place;
        }
        if (clean == null && place == to) {
            to += count;
        } else {
            clean().write(bytes, at, count);
        }
    }

    private OutputStream clean() throws IOException {
        OutputStream begun = clean;
        if (begun == null) {
            begun = file.begin(Math.max(from, 0), Math.max(to, 0));
            clean = begun;
            from = 0;
        }
        return begun;
    }

    long roomRows() {
        return cutter.roomRows();
    }

    long roomBytes() {
        return cutter.roomBytes();
    }

    /** True if the rows are in the clean file, false if they are sent from the source. */
    boolean isWritten() {
        return clean != null;
    }

    /** Ends the plan; the places of its chunks are those in the file that is sent. */
    List<PlannedChunk> finish() {
        return cutter.finish(clean == null ? Math.max(from, 0) : 0);
    }
}
