package io.segmentdrop.shell.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer's head and insists on its blank line. The client's own parser takes the end of the stream for the end of
 * the head, so that {@code HTTP/1.1 201 Cre} and a closed connection would be a success.
 */
final class StrictHead implements HttpMessageParser<ClassicHttpResponse> {

    private final DefaultHttpResponseParser parser;

    StrictHead(Http1Config limits) {
        this.parser = new DefaultHttpResponseParser(limits);
    }

    /** The head, or null if the connection was closed before its first byte. */
    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
            throws IOException, HttpException {
        return parser.parse(buffer, new UntilBlankLine(in, buffer.length() > 0));
    }

    /** The head ended before its blank line. */
    static final class BrokenOffException extends IOException {
        BrokenOffException() {
            super("the head of the answer broke off");
        }
    }

    private static final class UntilBlankLine extends FilterInputStream {

        private boolean begun;

        UntilBlankLine(InputStream in, boolean begun) {
            super(in);
            this.begun = begun;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0 && begun) {
                throw new BrokenOffException();
            }
            begun = true;
            return read;
        }
    }
}
