package io.segmentdrop.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that can stand for the API: it reads each request, looks at none of its bytes, and accepts it at once or after a
 * set time. It knows when it did.
 */
final class Sink implements AutoCloseable {

    private static final String JSON = "{\"error\":false,\"data\":[],\"message\":\"Import created.\"}";
    private static final byte[] ACCEPTED = ("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: "
                    + JSON.length() + "\r\n\r\n" + JSON)
            .getBytes(ISO_8859_1);
    private static final int BUFFER = 1 << 18;
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private volatile Duration latency = Duration.ZERO;
    private long accepted;
    private long last;
    private int open;
    private int mostOpen;

    Sink() throws IOException {
        Thread.ofVirtual().name("sink").start(this::acceptAll);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Where an import into this segment goes. */
    URI imports(long segment) {
        return uri().resolve("/api/3.2/messages/segments/" + segment + "/import");
    }

    /** Each answer waits so long after the last byte of its request. Counts from nothing. */
    synchronized Sink after(Duration time) {
        latency = time;
        accepted = 0;
        mostOpen = 0;
        return this;
    }

    /** How many requests were accepted. */
    synchronized long accepted() {
        return accepted;
    }

    /** When the last one was, in {@link System#nanoTime}. */
    synchronized long last() {
        return last;
    }

    /** How many requests were open at once, at most. */
    synchronized int mostOpen() {
        return mostOpen;
    }

    /** Waits until so many requests were accepted, and says when the last one was. */
    synchronized long until(long count) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (accepted < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected " + count + " requests accepted, found " + accepted);
            }
            wait(1000);
        }
        return last;
    }

    /** Sends a file as it is, unread: as fast as it can be sent at all. */
    void post(Path file) throws IOException {
        try (FileChannel source = FileChannel.open(file);
                SocketChannel to = SocketChannel.open(listening.getLocalSocketAddress())) {
            String head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + source.size() + "\r\n\r\n";
            to.write(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
            for (long at = 0; at < source.size(); ) {
                at += source.transferTo(at, source.size() - at, to);
            }
            if (to.read(ByteBuffer.allocate(1024)) < 0) {
                throw new EOFException("expected an answer");
            }
        }
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().name("sink-connection").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 13)) {
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[BUFFER];
            for (long length = length(in); length >= 0; length = length(in)) {
                begun();
                drain(in, length, buffer);
                LockSupport.parkNanos(latency.toNanos());
                // counted first, so that who has the answer finds it counted
                ended();
                socket.getOutputStream().write(ACCEPTED);
            }
        } catch (IOException theOtherSideLeft) {
            // it misses its answer, not we
        }
    }

    private synchronized void begun() {
        open++;
        mostOpen = Math.max(mostOpen, open);
    }

    private synchronized void ended() {
        open--;
        accepted++;
        last = System.nanoTime();
        notifyAll();
    }

    /** Reads a head; the length of its body, or less than 0 if the connection ended before it. */
    private static long length(InputStream in) throws IOException {
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(
                        line.substring("content-length:".length()).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static void drain(InputStream in, long length, byte[] buffer) throws IOException {
        for (long left = length; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("expected " + left + " more bytes");
            }
            left -= count;
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
