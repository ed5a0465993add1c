package io.segmentdrop.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on the wire: ends where Content-Length or the last chunk says, counts and hashes what is read, and
 * can be told to act at one byte. A connection that ends sooner is an {@link EOFException}.
 */
final class Body extends InputStream {

    /** What happens once the named byte was read; it may throw to end the reading. */
    interface Trip {
        void at() throws IOException;
    }

    private final InputStream in;
    private final boolean chunked;
    private final Hash hash = new Hash();
    private long left;
    private boolean ended;
    private boolean firstChunk = true;
    private long tripAt = Long.MAX_VALUE;
    private @Nullable Trip trip;

    private Body(InputStream in, boolean chunked, long length) {
        this.in = in;
        this.chunked = chunked;
        this.left = length;
    }

    /** The body that a head announces; an empty one if it announces none. */
    static Body of(Head head, InputStream in) throws ProtocolException {
        Optional<String> encoding = head.header("transfer-encoding");
        Optional<String> length = head.header("content-length");
        if (encoding.isPresent() && (length.isPresent() || !encoding.get().equals("chunked"))) {
            throw new ProtocolException("expected Content-Length or Transfer-Encoding: chunked");
        }
        return new Body(in, encoding.isPresent(), encoding.isPresent() ? 0 : number(length.orElse("0"), 10));
    }

    /** Acts once, after this many bytes of the body. */
    void trip(long bytes, Trip action) {
        tripAt = bytes;
        trip = action;
    }

    long count() {
        return hash.count();
    }

    /** The hash of what was read, in lower-case hexadecimal. Only once, after the end. */
    String sha256() {
        return hash.hex();
    }

    /** Reads what is left. */
    void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        act();
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int most = (int) Math.min(Math.min(length, left), tripAt - count());
        int got = in.read(target, offset, most);
        if (got < 0) {
            throw new EOFException("the connection ended after " + count() + " bytes of the body");
        }
        left -= got;
        hash.add(target, offset, got);
        return got;
    }

    private void act() throws IOException {
        if (trip != null && count() == tripAt) {
            Trip once = trip;
            tripAt = Long.MAX_VALUE;
            trip = null;
            once.at();
        }
    }

    private boolean nextChunk() throws IOException {
        if (!chunked || ended) {
            return false;
        }
        if (!firstChunk && !line().isEmpty()) {
            throw new ProtocolException("expected CRLF after a chunk");
        }
        firstChunk = false;
        left = number(line(), 16);
        ended = left == 0;
        if (ended && !line().isEmpty()) {
            throw new ProtocolException("expected no trailer after the last chunk");
        }
        return !ended;
    }

    private String line() throws IOException {
        String line = Head.line(in);
        if (line == null) {
            throw new EOFException("the connection ended after " + count() + " bytes of the body");
        }
        return line;
    }

    private static long number(String text, int radix) throws ProtocolException {
        if (text.isEmpty() || text.length() > 15 || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new ProtocolException("expected a length of the body");
        }
        try {
            return Long.parseLong(text, radix);
        } catch (NumberFormatException notDecimal) {
            throw new ProtocolException("expected a length of the body");
        }
    }
}
