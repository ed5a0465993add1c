package io.segmentdrop.shell.sftp;

import io.segmentdrop.core.problem.Code;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, opened in phases with a deadline each. Promise: the host key is held against the pinned ones
 * before anything about the account is sent.
 */
public final class SftpConnection implements AutoCloseable {

    /** The one that everybody speaks, so that times and kinds of files mean the same everywhere. */
    private static final SftpVersionSelector VERSION = SftpVersionSelector.fixedVersionSelector(3);

    private final Account account;
    private final Limits limits;
    private final SshClient client;
    private final AtomicReference<@Nullable PublicKey> shown = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private @Nullable ClientSession session;
    private @Nullable SftpClient sftp;

    private SftpConnection(Account account, Limits limits, PinnedKeys pinned) {
        this.account = account;
        this.limits = limits;
        this.client = Ssh.client(pinned.types(), limits);
        client.setServerKeyVerifier((at, address, key) -> {
            shown.set(key);
            return pinned.accepts(key);
        });
        client.addSessionListener(new SessionListener() {
            @Override
            public void sessionException(Session at, Throwable t) {
                failure.compareAndSet(null, t);
            }
        });
    }

    /** Connects, checks the host key, signs in and begins SFTP. */
    public static SftpFolder open(Account account, Limits limits) throws SftpFault {
        PinnedKeys pinned = PinnedKeys.of(account);
        SftpConnection connection = new SftpConnection(account, limits, pinned);
        boolean opened = false;
        try {
            connection.exchange(pinned);
            connection.signIn();
            SftpFolder folder = new SftpFolder(connection, connection.begin(), account.path(), limits);
            opened = true;
            return folder;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** The host key that a server shows; nothing about an account is sent. */
    static PublicKey hostKey(Account account, Limits limits) throws SftpFault {
        PinnedKeys none = new PinnedKeys(List.of(), List.of());
        try (SftpConnection connection = new SftpConnection(account, limits, none)) {
            try {
                connection.exchange(none);
            } catch (SftpFault e) {
                if (e.code() != Code.SRC_HOST_KEY_UNPINNED) {
                    throw e;
                }
            }
            PublicKey key = connection.shown.get();
            if (key == null) {
                throw new SftpFault(Code.SRC_UNREACHABLE, "expected a host key, found none");
            }
            return key;
        }
    }

    private void exchange(PinnedKeys pinned) throws SftpFault {
        client.start();
        ClientSession connected = connect();
        session = connected;
        Set<ClientSessionEvent> events = connected.waitFor(
                EnumSet.of(ClientSessionEvent.WAIT_AUTH, ClientSessionEvent.CLOSED), limits.exchange());
        PublicKey key = shown.get();
        if (key != null && !pinned.accepts(key)) {
            throw pinned.refusal(account, key);
        }
        if (!events.contains(ClientSessionEvent.WAIT_AUTH)) {
            throw events.contains(ClientSessionEvent.TIMEOUT)
                    ? late(Phase.EXCHANGE, limits.exchange())
                    : lost(Phase.EXCHANGE, failure.get());
        }
    }

    private ClientSession connect() throws SftpFault {
        try {
            ConnectFuture future = client.connect(account.user(), account.host(), account.port());
            if (!future.await(limits.connect())) {
                future.cancel();
                throw late(Phase.CONNECT, limits.connect());
            }
            return future.verify(Duration.ZERO).getSession();
        } catch (SftpFault e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw lost(Phase.CONNECT, e);
        }
    }

    private void signIn() throws SftpFault {
        ClientSession at = session();
        SignInKeys.give(account.signIn(), at);
        try {
            AuthFuture future = at.auth();
            if (!future.await(limits.signIn())) {
                throw late(Phase.SIGN_IN, limits.signIn());
            }
            if (!future.isSuccess()) {
                throw refused(future.getException());
            }
        } catch (SftpFault e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw lost(Phase.SIGN_IN, e);
        }
    }

    private SftpFault refused(@Nullable Throwable cause) {
        boolean no = cause instanceof SshException ssh
                && (ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                        || ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME
                        || ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_AUTH_CANCELLED_BY_USER
                        || ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR);
        return no
                ? new SftpFault(
                        Code.SRC_AUTH_FAILED,
                        "expected " + account.shown() + " to accept "
                                + (account.signIn() instanceof Account.SignIn.Key ? "the key " : "the password in ")
                                + account.signIn().file() + ", found it refused")
                : lost(Phase.SIGN_IN, cause);
    }

    private SftpClient begin() throws SftpFault {
        ClientSession at = session();
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(at, limits.signIn());
        try (Deadline deadline = Deadline.of(limits.signIn(), this::cut)) {
            try {
                SftpClient begun = new SharedClient(at, VERSION);
                sftp = begun;
                return begun;
            } catch (IOException | RuntimeException e) {
                throw deadline.isExpired() ? late(Phase.SIGN_IN, limits.signIn()) : lost(Phase.SIGN_IN, e);
            }
        }
    }

    private ClientSession session() {
        return Objects.requireNonNull(session);
    }

    /** A phase took too long. */
    SftpFault late(Phase phase, Duration limit) {
        return new SftpFault(
                Code.SRC_TIMEOUT,
                "expected " + account.host() + ":" + account.port() + " to answer within " + limit.toMillis() / 1000.0
                        + " s (" + phase.words() + "), found nothing");
    }

    /** The connection failed in a phase. */
    SftpFault lost(Phase phase, @Nullable Throwable cause) {
        Throwable first = failure.get() == null ? cause : failure.get();
        String words = first == null ? "it ended" : words(first);
        boolean weak = words.startsWith("Unable to negotiate");
        return new SftpFault(
                weak ? Code.SRC_SSH_ALGORITHM : Code.SRC_UNREACHABLE,
                "expected a connection to " + account.host() + ":" + account.port() + " (" + phase.words()
                        + "), found: " + words);
    }

    private static String words(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Ends the connection at once, from any thread. */
    void cut() {
        ClientSession open = session;
        if (open != null) {
            open.close(true);
        }
    }

    boolean isOpen() {
        return session != null && session.isOpen() && sftp != null && sftp.isOpen();
    }

    @Override
    public void close() {
        cut();
        client.close(true);
    }
}
