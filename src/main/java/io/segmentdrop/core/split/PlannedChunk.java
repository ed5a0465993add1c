package io.segmentdrop.core.split;

/**
 * One piece of an import, sent as one request: the header, then these bytes of the checked file.
 *
 * @param number from 1
 * @param offset where its rows begin in the checked file, in bytes
 * @param length how many bytes of rows, without the header
 * @param rows how many rows
 * @param sha256 of the header and the rows together, as they are sent; lower-case hexadecimal
 */
public record PlannedChunk(int number, long offset, long length, long rows, String sha256) {

    public PlannedChunk {
        if (number < 1 || offset < 0 || length < 1 || rows < 1 || sha256.length() != 64) {
            throw new IllegalArgumentException("not a chunk: " + number + " " + offset + " " + length + " " + rows);
        }
    }
}
