package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/** A server that plays one script per connection, byte by byte, and keeps what it was sent. It knows no HTTP of its own. */
public final class RawServer implements AutoCloseable {

    /** What happens on one connection; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Script {
        void play(Talk talk) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?imd)^Content-Length: (\\d+)\r$");

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger hits = new AtomicInteger();
    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private RawServer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofVirtual().name("raw-server").start(this::accept);
    }

    public static RawServer plain(Script script) {
        return with(ServerSocketFactory.getDefault(), script);
    }

    /** On a free port of the loopback address. */
    public static RawServer with(ServerSocketFactory sockets, Script script) {
        try {
            return new RawServer(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the whole request, answers these bytes and closes. */
    public static Script answering(String answer) {
        return talk -> {
            talk.readRequest();
            talk.write(answer);
        };
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections accepted so far. */
    public int hits() {
        return hits.get();
    }

    /** What the connection with this number, from 0, has sent so far. */
    public String received(int number) {
        return talks.get(number).received();
    }

    private void accept() {
        try {
            while (true) {
                Talk talk = new Talk(server.accept());
                talks.add(talk);
                hits.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> play(talk));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void play(Talk talk) {
        try (talk.socket) {
            script.play(talk);
        } catch (IOException e) {
            // the client hung up, which many scripts provoke
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closed.countDown();
        for (Talk talk : talks) {
            talk.socket.close();
        }
    }

    /** One connection, as its script sees it. */
    public final class Talk {

        private final Socket socket;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        private Talk(Socket socket) {
            this.socket = socket;
        }

        /** What was read so far, one character per byte. */
        public synchronized String received() {
            return received.toString(ISO_8859_1);
        }

        /** Reads up to and including the blank line, and returns it all. */
        public String readHead() throws IOException {
            while (!received().endsWith("\r\n\r\n")) {
                keep(read(1));
            }
            return received();
        }

        /** Reads head and body, by Content-Length. */
        public String readRequest() throws IOException {
            Matcher length = LENGTH.matcher(readHead());
            if (length.find()) {
                keep(read(Integer.parseInt(length.group(1))));
            }
            return received();
        }

        /** Reads exactly so many bytes more. */
        public byte[] read(int bytes) throws IOException {
            byte[] read = socket.getInputStream().readNBytes(bytes);
            if (read.length < bytes) {
                throw new IOException("the client hung up");
            }
            return read;
        }

        private synchronized void keep(byte[] bytes) {
            received.writeBytes(bytes);
        }

        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        public void write(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Closes with RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Closes our direction and reads the rest away, as polite servers do after an early answer. */
        public void linger() throws IOException {
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        /** Says and reads nothing more until the test is over. */
        public void stall() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Writes a byte, waits a while, and so on until the client hangs up. */
        public void drip(String bytes, int everyMillis) throws IOException {
            for (int i = 0; i < bytes.length(); i++) {
                write(bytes.substring(i, i + 1));
                pause(everyMillis);
            }
        }

        private void pause(int millis) throws IOException {
            try {
                if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the test is over");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
