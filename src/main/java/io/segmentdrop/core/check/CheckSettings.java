package io.segmentdrop.core.check;

/**
 * What the configuration says of every check, whatever the drop or the sidecar.
 *
 * @param rejectUnknownHeaders true to refuse headers that are neither email, tag columns nor {@code varr_…}
 * @param rejectEmbeddedNewlines true to refuse rows with line breaks inside quotes
 * @param maxRejectRatio refused rows to read rows, 0 to 1, above which the file is refused
 * @param maxBytes the largest file, in bytes
 * @param chunkRows the most rows of one chunk
 * @param chunkBytes the most bytes of one chunk, header included
 */
public record CheckSettings(
        boolean rejectUnknownHeaders,
        boolean rejectEmbeddedNewlines,
        double maxRejectRatio,
        long maxBytes,
        long chunkRows,
        long chunkBytes) {

    /** What holds where the configuration says nothing (design, section 11). */
    public static final CheckSettings DEFAULTS = new CheckSettings(false, false, 0.05, 16L << 30, 100_000, 20L << 20);

    public CheckSettings {
        if (!(maxRejectRatio >= 0 && maxRejectRatio <= 1)) {
            throw new IllegalArgumentException("expected a ratio from 0 to 1, found " + maxRejectRatio);
        }
        if (maxBytes < 1 || chunkRows < 1 || chunkBytes < 1) {
            throw new IllegalArgumentException(
                    "expected limits from 1, found " + maxBytes + ", " + chunkRows + " and " + chunkBytes);
        }
    }
}
