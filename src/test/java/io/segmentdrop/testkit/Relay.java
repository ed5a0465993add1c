package io.segmentdrop.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A port of this machine that leads to another one by a long way: what is sent arrives later, however much there is of it. */
public final class Relay implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final Duration oneWay;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket socket, int target, Duration oneWay) {
        this.socket = socket;
        this.target = target;
        this.oneWay = oneWay;
    }

    /** Leads to a port of this machine. */
    public static Relay to(int target, Duration oneWay) {
        try {
            Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, oneWay);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket from = socket.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(from);
                open.add(to);
                from.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                carry(from, to);
                carry(to, from);
            } catch (IOException e) {
                // the relay has ended, or the target is away
            }
        }
    }

    private void carry(Socket from, Socket to) {
        DelayQueue<Piece> way = new DelayQueue<>();
        Thread.ofPlatform().daemon().start(() -> read(from, way));
        Thread.ofPlatform().daemon().start(() -> write(way, to));
    }

    private void read(Socket from, DelayQueue<Piece> way) {
        byte[] bytes = new byte[1 << 16];
        long last = 0;
        try (InputStream in = from.getInputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                // no two at once, so that they arrive in the order in which they were sent
                last = Math.max(last + 1, System.nanoTime() + oneWay.toNanos());
                way.add(new Piece(Arrays.copyOf(bytes, read), last));
            }
        } catch (IOException e) {
            // it ends
        }
        way.add(new Piece(new byte[0], Math.max(last + 1, System.nanoTime() + oneWay.toNanos())));
    }

    private void write(DelayQueue<Piece> way, Socket to) {
        try (OutputStream out = to.getOutputStream()) {
            for (Piece piece = way.take(); piece.bytes.length > 0; piece = way.take()) {
                out.write(piece.bytes);
            }
        } catch (IOException | InterruptedException e) {
            // it ends
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some bytes, and when they arrive. */
    private static final class Piece implements Delayed {

        private final byte[] bytes;
        private final long due;

        Piece(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Piece) other).due);
        }
    }
}
