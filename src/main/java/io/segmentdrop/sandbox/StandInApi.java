package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in of OptiPub's API on a port of the loopback address: imports into a segment, creating a segment, looking at
 * one. It answers as the API's pages say, keeps what an account would hold, writes every request down, and can be told
 * to fail at any phase of one.
 *
 * <p>A request's entry in the journal and its effect are there before its answer is. {@link Magic} segments fail by
 * themselves.
 */
public final class StandInApi implements AutoCloseable {

    /**
     * How it is set up.
     *
     * @param port 0 for any free one
     * @param key what follows {@code Authorization: Bearer}
     */
    public record Setup(int port, String key, Members members) {

        /** Keeps members, on any free port. */
        public static Setup withKey(String key) {
            return new Setup(0, key, Members.KEPT);
        }

        /** The same on another port. */
        public Setup on(int other) {
            return new Setup(other, key, members);
        }

        /** The same, but rows are only counted, whatever the size of the imports. */
        public Setup counting() {
            return new Setup(port, key, Members.COUNTED);
        }
    }

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Account account = new Account();
    private final Journal journal = new Journal();
    private final FaultPlan faults = new FaultPlan();
    private final Stalls stalls = new Stalls();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Connection.Shared shared;
    private final int port;
    private @Nullable ServerSocket listening;
    private @Nullable Thread acceptor;

    private StandInApi(Setup setup) throws IOException {
        shared = new Connection.Shared(new Contract(account, setup.key(), setup.members()), faults, journal, stalls);
        port = listen(setup.port());
    }

    /**
     * Starts and listens.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static StandInApi start(Setup setup) {
        try {
            return new StandInApi(setup);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("the stand-in of the API cannot listen on 127.0.0.1:" + setup.port(), e));
        }
    }

    /** Where it is, without a slash at the end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** What the account holds. */
    public Account account() {
        return account;
    }

    /** What was asked. */
    public Journal journal() {
        return journal;
    }

    /** Accepts this key from now on, and no other. */
    public void rotate(String key) {
        shared.contract().rotate(key);
    }

    /** Faults for the next imports, one each, whatever their segment. */
    public void next(Fault... more) {
        faults.next(more);
    }

    /** Faults for the next imports into one segment, one each. */
    public void forSegment(long id, Fault... more) {
        faults.forSegment(id, more);
    }

    /** A fault for every request that fits and meets none of the queued ones. */
    public void always(Predicate<Head> which, Fault fault) {
        faults.always(which, fault);
    }

    /** Forgets every fault but those of the magic segments. */
    public void heal() {
        faults.clear();
    }

    /** Forgets faults, members and requests. */
    public void reset() {
        faults.clear();
        account.reset();
        journal.reset();
    }

    /** How many connections are silent because they were told to. */
    public int stalled() {
        return stalls.waiting();
    }

    /** Lets the silent connections go on. */
    public void release() {
        stalls.release();
    }

    /** Refuses connections from now on; open ones go on. */
    public synchronized void refuse() {
        if (listening != null && acceptor != null) {
            end(listening);
            join(acceptor);
        }
        listening = null;
        acceptor = null;
    }

    /** Listens again on the same port. */
    public synchronized void accept() {
        try {
            if (listening == null) {
                listen(port);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops listening and ends every connection. */
    @Override
    public void close() {
        refuse();
        open.forEach(StandInApi::end);
        stalls.release();
    }

    private synchronized int listen(int on) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        try {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), on), 100);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        listening = server;
        acceptor = Thread.ofVirtual().name("stand-in").start(() -> acceptAll(server));
        return server.getLocalPort();
    }

    private void acceptAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("stand-in-connection").start(() -> serve(socket));
            } catch (IOException closed) {
                end(server);
            }
        }
    }

    // until the thread in accept() has left, the system still takes connections for it
    private static void join(Thread acceptor) {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Connection(socket, shared).serve();
        } catch (IOException theOtherSideSeesIt) {
            // a connection ends in many ways here; the journal says how far its request came
        } finally {
            open.remove(socket);
        }
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception ended) {
            // it is gone either way
        }
    }
}
