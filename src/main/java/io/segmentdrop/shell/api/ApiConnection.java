package io.segmentdrop.shell.api;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the API, for one request. Three things set it apart from the client's own: it logs nothing at any level,
 * so that neither key nor rows can reach a log; it reads heads strictly ({@link StrictHead}); and it listens while it sends,
 * so that an early answer is read instead of being lost with the rest of the body.
 */
final class ApiConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(16 * 1024)
            .build();
    private static final Timeout LAST_LOOK = Timeout.ofMilliseconds(200);

    private volatile boolean closed;
    private boolean writable = true;

    ApiConnection() {
        super(
                LIMITS,
                null,
                null,
                null,
                null,
                (request, connection, in, sent, next) -> connection instanceof ApiConnection own && own.answerBegins(),
                null,
                limits -> new StrictHead(LIMITS));
    }

    /** A connection that was cut while it was being opened stays closed. */
    @Override
    protected void bind(SocketHolder holder) throws IOException {
        if (closed) {
            holder.getSocket().close();
            throw new SocketException("the connection was cut");
        }
        super.bind(holder);
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
        } catch (SocketException | SSLException e) {
            if (!answerWaits()) {
                throw e;
            }
            writable = false;
        }
    }

    /**
     * Asked before each write, so that it must cost nothing: the client's own strategy waits a millisecond for an answer each
     * time. What arrives may also be a message of TLS, which is no answer.
     */
    private boolean answerBegins() throws IOException {
        SocketHolder holder = getSocketHolder();
        return holder != null
                && holder.getBaseSocket().getInputStream().available() > 0
                && isDataAvailable(Timeout.ONE_MILLISECOND);
    }

    /** Whoever refuses a body may answer first and then close its ears; the answer is still there to be read. */
    private boolean answerWaits() {
        try {
            return isDataAvailable(LAST_LOOK);
        } catch (IOException e) {
            return false;
        }
    }

    /** After an early answer nothing more is pushed to a peer that may have stopped reading. */
    @Override
    public void flush() throws IOException {
        if (writable && isConsistent()) {
            super.flush();
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        super.close(mode);
    }

    @Override
    public void passivate() {}

    @Override
    public void activate() {}
}
