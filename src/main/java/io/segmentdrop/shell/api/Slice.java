package io.segmentdrop.shell.api;

import java.nio.file.Path;

/**
 * The bytes of one chunk: the header line, then a range of the checked file, which must still be the file that was checked.
 *
 * @param file the checked file in our custody
 * @param offset where the chunk's rows begin, in bytes
 * @param length how many bytes of rows
 * @param fileSize the whole file's size when it was planned, in bytes
 * @param fileMtimeNanos the file's time of change when it was planned, in nanoseconds since 1970
 * @param header the header line as it is sent, with its line end
 * @param sha256 of header and rows together; lower-case hexadecimal
 */
public record Slice(
        Path file, long offset, long length, long fileSize, long fileMtimeNanos, String header, String sha256) {

    public Slice {
        if (offset < 0 || length < 0 || offset + length > fileSize) {
            throw new IllegalArgumentException(
                    "expected a range inside " + fileSize + " bytes, found " + length + " from " + offset);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected a SHA-256 of 64 hexadecimal digits");
        }
    }
}
