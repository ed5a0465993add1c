package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one CSV is held against; made of the import's options, the drop's policy and the configuration.
 *
 * @param clear true if the segment is emptied first: no row may be refused, and the file is never split
 * @param suppression the hash type of a suppression segment; null for a normal segment
 * @param hash true if plain addresses are hashed here
 * @param columns header in the CSV to header that is sent; empty if nothing is renamed
 * @param expectedRows the sidecar's {@code rows}; null if it says nothing
 * @param expectedBytes the sidecar's {@code bytes}; null if it says nothing
 * @param expectedSha256 the sidecar's {@code sha256}, lower case; null if it says nothing
 * @param allowTagReplace whether replacing tag columns are allowed
 * @param allowedColumns canonical headers that are allowed besides email; null allows all
 * @param allowedTags tag names that are allowed; null allows all
 * @param tagOptions true if the sidecar sets tag options, so that tag columns deserve a warning
 * @param rejectUnknownHeaders true to refuse headers that are neither email, tag columns nor {@code varr_…}
 * @param rejectEmbeddedNewlines true to refuse rows with line breaks inside quotes
 * @param maxRejectRatio refused rows to read rows, 0 to 1, above which the file is refused
 * @param maxBytes the largest file, in bytes
 * @param chunkRows the most rows of one chunk
 * @param chunkBytes the most bytes of one chunk, header included (a single longer row still goes alone)
 */
public record CheckRules(
        boolean clear,
        @Nullable Suppression suppression,
        boolean hash,
        Map<String, String> columns,
        @Nullable Long expectedRows,
        @Nullable Long expectedBytes,
        @Nullable String expectedSha256,
        boolean allowTagReplace,
        @Nullable Set<String> allowedColumns,
        @Nullable Set<String> allowedTags,
        boolean tagOptions,
        boolean rejectUnknownHeaders,
        boolean rejectEmbeddedNewlines,
        double maxRejectRatio,
        long maxBytes,
        long chunkRows,
        long chunkBytes) {

    /** The most columns of a header. */
    public static final int MAX_COLUMNS = 500;

    /** The most bytes of a record, its line ends included. */
    public static final int MAX_RECORD = 1 << 20;

    /** The most problems that a report names; it counts them all. */
    public static final int MAX_PROBLEMS = 100;
}
