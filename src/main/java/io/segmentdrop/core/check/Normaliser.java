package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes an accepted row as it is sent: email first, LF at the end, no spaces outside quotes. Values stay as they are, and
 * a quoted field stays quoted; only the email column is trimmed and, where the rules say so, hashed or put in lower case.
 */
final class Normaliser {

    /** Room for the longest hash, its quotes and the line end. */
    private static final int SPARE = 256;

    private final int[] order;
    private final int email;
    private final @Nullable Hasher hasher;
    private final boolean lowersHashes;
    private byte[] row = new byte[SPARE];
    private int length;

    Normaliser(Header header, CheckRules rules) {
        this.order = header.order();
        this.email = header.email();
        this.lowersHashes = EmailRule.hashesIn(rules) != null;
        Suppression type = rules.suppression();
        this.hasher = rules.hash() && type != null && type.digits() > 0 ? new Hasher(type) : null;
    }

    /** Writes the row into {@link #row()}. */
    void normalise(Fields fields) {
        int most = fields.end() - fields.start() + SPARE;
        if (row.length < most) {
            row = new byte[Math.max(most, 2 * row.length)];
        }
        length = 0;
        for (int column : order) {
            if (length > 0) {
                row[length++] = ',';
            }
            write(fields, column);
        }
        row[length++] = '\n';
    }

    /** The row's bytes, from the first one to before {@link #length()}; the array is used again for the next row. */
    byte[] row() {
        return row;
    }

    /** How many bytes the row has, its line end included. */
    int length() {
        return length;
    }

    /** True if the row stands in the source byte by byte as it was written here, its line end included. */
    boolean isSame(Fields fields) {
        int from = fields.start();
        return fields.lineEnd() == LineEnd.LF && Arrays.equals(fields.bytes(), from, fields.end() + 1, row, 0, length);
    }

    private void write(Fields fields, int column) {
        boolean quoted = fields.isQuoted(column);
        if (quoted) {
            row[length++] = '"';
        }
        if (column == email) {
            writeEmail(fields);
        } else {
            copy(fields.bytes(), fields.from(column), fields.to(column));
        }
        if (quoted) {
            row[length++] = '"';
        }
    }

    private void writeEmail(Fields fields) {
        int from = fields.trimmedFrom(email);
        int to = fields.trimmedTo(email);
        if (hasher != null) {
            byte[] hash = hasher.hash(fields.bytes(), from, to);
            copy(hash, 0, hash.length);
            return;
        }
        int start = length;
        copy(fields.bytes(), from, to);
        if (lowersHashes) {
            for (int i = start; i < length; i++) {
                row[i] = Hasher.lower(row[i]);
            }
        }
    }

    private void copy(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, row, length, to - from);
        length += to - from;
    }
}
