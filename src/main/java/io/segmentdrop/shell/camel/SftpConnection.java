package io.segmentdrop.shell.camel;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.segmentdrop.core.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, opened in phases with a deadline each. Promise: the host key is held against the pinned ones
 * before anything about the account is sent.
 */
public final class SftpConnection implements AutoCloseable {

    private final Account account;
    private final Limits limits;
    private final PinnedKeys pinned;
    private final JSch jsch = new JSch();
    private final Session session;
    private final Socket socket = new Socket();
    private Phase phase = Phase.CONNECT;
    private Duration limit;
    private Deadline deadline;
    private @Nullable HostKeyLine shown;
    private volatile @Nullable String broken;
    private @Nullable Channels channels;

    private SftpConnection(Account account, Limits limits, PinnedKeys pinned) throws SftpFault {
        this.account = account;
        this.limits = limits;
        this.pinned = pinned;
        this.limit = limits.connect();
        jsch.setInstanceLogger(new Ear());
        jsch.setHostKeyRepository(new PinnedRepository(this::isAccepted));
        try {
            session = jsch.getSession(account.user(), account.host(), account.port());
        } catch (JSchException e) {
            throw new SftpFault(Code.SRC_UNREACHABLE, "expected an account, found " + e.getMessage(), e);
        }
        // a key that is not pinned is refused whatever anybody would say to it
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setDaemonThread(true);
        session.setSocketFactory(new Sockets());
        Algorithms.limit(session, pinned.types());
        this.deadline = Deadline.of(limit, this::cut);
    }

    /** Connects, checks the host key, signs in and begins SFTP. */
    public static SftpFolder open(Account account, Limits limits) throws SftpFault {
        SftpConnection connection = new SftpConnection(account, limits, PinnedKeys.of(account));
        boolean opened = false;
        try {
            SignInKeys.give(account.signIn(), connection.jsch, connection.session);
            connection.signIn();
            Channels channels = new Channels(connection, connection.channel());
            connection.channels = channels;
            opened = true;
            return new SftpFolder(connection, channels, account.path(), limits);
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** The host key that a server shows; nothing about an account is sent. */
    static HostKeyLine hostKey(Account account, Limits limits) throws SftpFault {
        try (SftpConnection connection = new SftpConnection(account, limits, new PinnedKeys(List.of(), List.of()))) {
            try {
                connection.signIn();
            } catch (SftpFault e) {
                if (e.code() != Code.SRC_HOST_KEY_UNPINNED) {
                    throw e;
                }
            }
            if (connection.shown == null) {
                throw new SftpFault(Code.SRC_UNREACHABLE, "expected a host key, found none");
            }
            return connection.shown;
        }
    }

    private void signIn() throws SftpFault {
        try {
            session.connect();
        } catch (JSchException | RuntimeException e) {
            throw fault(e);
        } finally {
            deadline.close();
        }
    }

    private void enter(Phase next, Duration most) {
        deadline.close();
        phase = next;
        limit = most;
        deadline = Deadline.of(most, this::cut);
    }

    private boolean isAccepted(byte[] key) {
        HostKeyLine line = HostKeyLine.of(key);
        shown = line;
        boolean accepted = pinned.accepts(line);
        if (accepted && phase == Phase.EXCHANGE) {
            enter(Phase.SIGN_IN, limits.signIn());
        }
        return accepted;
    }

    /** Another channel on which SFTP has begun. */
    ChannelSftp channel() throws SftpFault {
        try (Deadline begin = Deadline.of(limits.signIn(), this::cut)) {
            try {
                ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
                channel.connect((int) Math.max(1, limits.signIn().toMillis()));
                return channel;
            } catch (JSchException | RuntimeException e) {
                throw begin.isExpired() ? late(Phase.SIGN_IN, limits.signIn()) : lost(Phase.SIGN_IN, e);
            }
        }
    }

    private SftpFault fault(Exception e) {
        if (shown != null && !pinned.accepts(shown)) {
            return pinned.refusal(account, shown);
        }
        if (deadline.isExpired()) {
            return late(phase, limit);
        }
        return phase == Phase.SIGN_IN && Refusals.isRefusal(e) && broken == null ? refused() : lost(phase, e);
    }

    private SftpFault refused() {
        return new SftpFault(
                Code.SRC_AUTH_FAILED,
                "expected " + account.shown() + " to accept "
                        + (account.signIn() instanceof Account.SignIn.Key ? "the key " : "the password in ")
                        + account.signIn().file() + ", found it refused");
    }

    /** A phase took too long. */
    SftpFault late(Phase what, Duration within) {
        return new SftpFault(
                Code.SRC_TIMEOUT,
                "expected " + account.host() + ":" + account.port() + " to answer within " + within.toMillis() / 1000.0
                        + " s (" + what.words() + "), found nothing");
    }

    /** The connection failed in a phase. */
    SftpFault lost(Phase what, Exception cause) {
        // what JSch says of a pipe that was closed tells nobody anything
        boolean ended = channels != null && !isOpen();
        String words = broken != null ? broken : ended ? "it ended" : Refusals.words(cause);
        return new SftpFault(
                Refusals.isWeak(cause) ? Code.SRC_SSH_ALGORITHM : Code.SRC_UNREACHABLE,
                "expected a connection to " + account.host() + ":" + account.port() + " (" + what.words() + "), found: "
                        + words,
                cause);
    }

    /** Ends the connection at once, from any thread and whatever another one waits for. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
        session.disconnect();
    }

    boolean isOpen() {
        return session.isConnected();
    }

    Channels channels() {
        return Objects.requireNonNull(channels);
    }

    @Override
    public void close() {
        deadline.close();
        cut();
    }

    /** Makes the one socket, which is known before it is connected, so that connecting can be cut too. */
    private final class Sockets implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            socket.connect(new InetSocketAddress(host, port));
            enter(Phase.EXCHANGE, limits.exchange());
            return socket;
        }

        @Override
        public InputStream getInputStream(Socket of) throws IOException {
            return of.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket of) throws IOException {
            return of.getOutputStream();
        }
    }

    /** JSch calls a connection that ended during the sign-in a refusal; what it says beside tells them apart. */
    private final class Ear implements Logger {

        private static final String BROKEN = "an exception during authentication\n";

        @Override
        public boolean isEnabled(int level) {
            return level >= WARN;
        }

        @Override
        public void log(int level, String message) {
            if (message.startsWith(BROKEN)) {
                broken = message.substring(BROKEN.length());
            }
        }
    }
}
