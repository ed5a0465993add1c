package io.segmentdrop.core.split;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * Cuts one chunk of a checked file in two, between two rows. The file is the checked one: quotes are doubled inside quoted
 * fields and stand nowhere else, so a line feed ends a row where the quotes before it are even in number.
 */
public final class Halving {

    private final InputStream rows;
    private final byte[] header;
    private final MessageDigest digest;
    private long bytes;
    private long done;
    private boolean quoted;

    private Halving(InputStream rows, byte[] header) {
        this.rows = rows;
        this.header = header;
        this.digest = Digests.sha256();
    }

    /**
     * The two halves, or the chunk itself if it has one row.
     *
     * @param rows buffered; stands at the chunk's first row
     * @param header the header line as it is sent
     * @param number of the first half
     * @param offset of the chunk in the checked file, in bytes
     * @param length of the chunk without the header, in bytes
     * @param count of its rows
     */
    public static List<PlannedChunk> of(
            InputStream rows, byte[] header, int number, long offset, long length, long count) throws IOException {
        Halving cut = new Halving(rows, header);
        if (count < 2) {
            return List.of(cut.next(number, offset, length, count));
        }
        PlannedChunk first = cut.next(number, offset, length, count / 2);
        long rest = length - first.length();
        return List.of(first, cut.next(number + 1, offset + first.length(), rest, count - count / 2));
    }

    /** Reads {@code wanted} rows, of which no more than {@code most} bytes can be. */
    private PlannedChunk next(int number, long offset, long most, long wanted) throws IOException {
        digest.update(header);
        bytes = 0;
        done = 0;
        while (done < wanted && bytes < most) {
            int one = rows.read();
            if (one < 0) {
                throw new IOException("expected " + most + " bytes of rows, found " + bytes);
            }
            digest.update((byte) one);
            take(one);
        }
        return new PlannedChunk(number, offset, bytes, done, Digests.hex(digest));
    }

    private void take(int one) {
        bytes++;
        if (one == '"') {
            quoted = !quoted;
        } else if (one == '\n' && !quoted) {
            done++;
        }
    }
}
