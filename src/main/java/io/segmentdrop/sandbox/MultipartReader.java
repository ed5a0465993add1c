package io.segmentdrop.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads multipart/form-data (RFC 7578) as a stream, in one buffer of 64 KiB whatever the size, and strictly: no
 * preamble, no epilogue but a CRLF, CRLF line ends, only the headers that a form needs. What is wrong is a {@link
 * ProtocolException}; a body that ends before its last boundary is an {@link EOFException}.
 */
final class MultipartReader {

    /**
     * One part. Its content must be read before the next part is asked for; what was left is skipped.
     *
     * @param fileName null if the part is a plain field
     * @param type its Content-Type; null if it has none
     */
    record Part(
            String name,
            @Nullable String fileName,
            @Nullable String type,
            InputStream content) {}

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data;\\s*boundary=(?:([0-9A-Za-z'+_.-]{1,70})|\"([0-9A-Za-z'()+_,./:=?-]{1,70})\")");
    private static final Pattern DISPOSITION =
            Pattern.compile("Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?");
    private static final Pattern TYPE = Pattern.compile("Content-Type: (\\S.*)");
    private static final Pattern ENCODING = Pattern.compile("Content-Transfer-Encoding: (?:binary|8bit)");
    private static final int MAX_HEADER = 8 * 1024;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private @Nullable Content open;

    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The boundary that a Content-Type names; empty if it is no multipart/form-data with a boundary. */
    static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.matches()
                ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }

    /** The next part, or null after the last boundary. */
    @Nullable
    Part next() throws IOException {
        if (open == null) {
            expectFirstBoundary();
        } else {
            open.transferTo(OutputStream.nullOutputStream());
        }
        int first = readByte();
        int second = readByte();
        if (first == '-' && second == '-') {
            expectEnd();
            return null;
        }
        if (first != '\r' || second != '\n') {
            throw new ProtocolException("expected CRLF or -- after a boundary");
        }
        return part();
    }

    private void expectFirstBoundary() throws IOException {
        for (int i = 2; i < delimiter.length; i++) {
            if (readByte() != delimiter[i]) {
                throw new ProtocolException("expected the body to begin with its boundary");
            }
        }
    }

    private void expectEnd() throws IOException {
        if (position == limit && !fill()) {
            return;
        }
        if (readByte() != '\r' || readByte() != '\n' || position < limit || fill()) {
            throw new ProtocolException("expected nothing but CRLF after the last boundary");
        }
    }

    private Part part() throws IOException {
        String name = null;
        String fileName = null;
        String type = null;
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher disposition = DISPOSITION.matcher(line);
            Matcher contentType = TYPE.matcher(line);
            if (name == null && disposition.matches()) {
                name = disposition.group(1);
                fileName = disposition.group(2);
            } else if (type == null && contentType.matches()) {
                type = contentType.group(1);
            } else if (!ENCODING.matcher(line).matches()) {
                throw new ProtocolException("expected Content-Disposition or Content-Type once, found another header");
            }
        }
        if (name == null) {
            throw new ProtocolException("expected a part with Content-Disposition: form-data and a name");
        }
        open = new Content();
        return new Part(name, fileName, type, open);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = readByte(); b != '\r'; b = readByte()) {
            if (b == '\n' || line.length() == MAX_HEADER) {
                throw new ProtocolException("expected a part's header of at most " + MAX_HEADER + " bytes with CRLF");
            }
            line.append((char) b);
        }
        if (readByte() != '\n') {
            throw new ProtocolException("expected LF after CR in a part's header");
        }
        return line.toString();
    }

    private int readByte() throws IOException {
        if (position == limit && !fill()) {
            throw cut();
        }
        return buffer[position++] & 0xff;
    }

    /** Reads more behind what is there. False at the end of the body. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int got = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(got, 0);
        return got > 0;
    }

    private static EOFException cut() {
        return new EOFException("the body ended before its last boundary");
    }

    /** How many bytes from the position on are surely content; 0 if the whole delimiter stands there. */
    private int certain() throws IOException {
        while (true) {
            int start = possibleDelimiter();
            if (start > position) {
                return start - position;
            }
            if (limit - position >= delimiter.length) {
                return 0;
            }
            if (!fill()) {
                throw cut();
            }
        }
    }

    /** The first place where the delimiter stands, or could stand once more bytes are there; the limit if nowhere. */
    private int possibleDelimiter() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\r') {
                int length = Math.min(delimiter.length, limit - i);
                if (Arrays.equals(buffer, i, i + length, delimiter, 0, length)) {
                    return i;
                }
            }
        }
        return limit;
    }

    private final class Content extends InputStream {

        private boolean ended;

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
            int certain = ended ? 0 : certain();
            if (certain > 0) {
                int got = Math.min(certain, length);
                System.arraycopy(buffer, position, target, offset, got);
                position += got;
                return got;
            }
            if (!ended) {
                ended = true;
                position += delimiter.length;
            }
            return -1;
        }
    }
}
