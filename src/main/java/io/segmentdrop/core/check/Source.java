package io.segmentdrop.core.check;

import io.segmentdrop.core.split.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The stream that is checked: read once, counted and hashed on the way, its first bytes known in advance. */
final class Source {

    private static final int PREFIX = 16;
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream stream;
    private final Hashing.Sha256 hash;
    private final byte[] prefix;
    private int prefixRead;
    private long bytes;

    Source(InputStream stream, Hashing hashing) throws IOException {
        this.stream = stream;
        this.prefix = stream.readNBytes(PREFIX);
        this.bytes = prefix.length;
        this.hash = hashing.sha256();
        hash.update(prefix, 0, prefix.length);
    }

    /** The first bytes, at most 16. */
    byte[] prefix() {
        return prefix.clone();
    }

    /** Skips a byte order mark; true if there was one. To be called before the first read. */
    boolean skipBom() {
        boolean found = prefix.length >= 3 && Arrays.equals(prefix, 0, 3, BOM, 0, 3);
        prefixRead = found ? BOM.length : 0;
        return found;
    }

    /** Reads at least one and at most {@code most} bytes; -1 at the end. */
    int read(byte[] into, int at, int most) throws IOException {
        if (prefixRead < prefix.length) {
            int count = Math.min(most, prefix.length - prefixRead);
            System.arraycopy(prefix, prefixRead, into, at, count);
            prefixRead += count;
            return count;
        }
        return readOn(into, at, most);
    }

    private int readOn(byte[] into, int at, int most) throws IOException {
        int count;
        do {
            count = stream.read(into, at, most);
        } while (count == 0);
        if (count > 0) {
            bytes += count;
            hash.update(into, at, count);
        }
        return count;
    }

    /** Bytes read from the stream until now. */
    long bytes() {
        return bytes;
    }

    /** How many of the bytes read have not been handed out. */
    int pending() {
        return prefix.length - prefixRead;
    }

    /** The SHA-256 of all bytes read, in lower-case hexadecimal; to be called once, at the end. */
    String sha256() {
        return hash.end().hex();
    }
}
