package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A partner's SFTP server in this process, on a loopback port of its own, which may be told to be slow, hostile or broken.
 * Anyone may sign in as {@value #USER} with {@value #PASSWORD}, unless it refuses. It may be stopped and started again.
 */
public final class FaultySftp implements AutoCloseable {

    public static final String USER = "partner";
    public static final String PASSWORD = "secret";

    /** The requests at which it can hang or say no. */
    public enum At {
        SIGN_IN,
        OPEN_FOLDER,
        LIST,
        READ,
        WRITE,
        REMOVE,
        RENAME,
        MAKE_FOLDER
    }

    static {
        // a listing of a million entries would be a log of as many pages
        ((Logger) LoggerFactory.getLogger("org.apache.sshd")).setLevel(Level.ERROR);
    }

    private final Path root;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Set<At> hangs = ConcurrentHashMap.newKeySet();
    private final Set<At> refuses = ConcurrentHashMap.newKeySet();
    private final Map<At, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final AtomicReference<Iterable<String>> names = new AtomicReference<>(List.of());
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong read = new AtomicLong();
    private volatile KeyPair hostKey = key();
    private volatile int sessions = Integer.MAX_VALUE;
    private volatile int channels = Integer.MAX_VALUE;
    private SshServer server;
    private int port;

    private FaultySftp(Path root) throws IOException {
        this.root = Files.createDirectories(root);
        this.server = launch();
    }

    /** Starts one that shows this folder. */
    public static FaultySftp start(Path root) {
        try {
            return new FaultySftp(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SshServer launch() throws IOException {
        SshServer ssh = SshServer.setUpDefaultServer();
        ssh.setHost("127.0.0.1");
        ssh.setPort(port);
        ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        ssh.setFileSystemFactory(new VirtualFileSystemFactory(root));
        ssh.setPasswordAuthenticator(
                (user, password, session) -> isLetIn() && user.equals(USER) && password.equals(PASSWORD));
        ssh.setPublickeyAuthenticator((user, key, session) -> isLetIn() && user.equals(USER));
        ssh.setSubsystemFactories(List.of(new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) throws IOException {
                AbstractConnectionService service = channel.getSession().getService(AbstractConnectionService.class);
                if (service.getChannels().size() > channels) {
                    throw new IOException("no more sessions");
                }
                return new Subsystem(channel, this);
            }
        }));
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(ssh, sessions);
        CoreModuleProperties.TCP_NODELAY.set(ssh, true);
        ssh.start();
        port = ssh.getPort();
        return ssh;
    }

    private boolean isLetIn() {
        return !met(At.SIGN_IN);
    }

    /** Counts, hangs, or answers whether it refuses. */
    private boolean met(At at) {
        asked.computeIfAbsent(at, key -> new AtomicInteger()).incrementAndGet();
        if (hangs.contains(at)) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return refuses.contains(at);
    }

    private static KeyPair key() {
        try {
            return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public FaultySftp hangs(At... at) {
        hangs.addAll(List.of(at));
        return this;
    }

    public FaultySftp refuses(At... at) {
        refuses.addAll(List.of(at));
        return this;
    }

    /** Answers everything again. */
    public FaultySftp behaves() {
        hangs.clear();
        refuses.clear();
        cutAfter.set(Long.MAX_VALUE);
        names.set(List.of());
        return this;
    }

    /** Lists these too, as regular files of 10 bytes. */
    public FaultySftp lists(Iterable<String> more) {
        names.set(more);
        return this;
    }

    /** Ends each connection once so many bytes of files were read. */
    public FaultySftp cutsAfter(long bytes) {
        read.set(0);
        cutAfter.set(bytes);
        return this;
    }

    public FaultySftp allows(int atOnce) {
        sessions = atOnce;
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, atOnce);
        return this;
    }

    /** So many channels of a session have SFTP at once; it refuses more. */
    public FaultySftp allowsChannels(int atOnce) {
        channels = atOnce;
        return this;
    }

    /** How often it was asked for this. */
    public int asked(At at) {
        return asked.getOrDefault(at, new AtomicInteger()).get();
    }

    public int connections() {
        return server.getActiveSessions().size();
    }

    public int port() {
        return port;
    }

    public Path root() {
        return root;
    }

    public String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey.getPublic());
    }

    /** The line of a known_hosts file that pins its key. */
    public String pin() {
        return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
    }

    /** Writes that line to a file. */
    public Path pin(Path file) {
        try {
            return Files.writeString(file, pin());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away; every connection ends. */
    public void stop() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes back on the same port. */
    public void restart() {
        try {
            server = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes back on the same port with another host key. */
    public void restartWithAnotherKey() {
        stop();
        hostKey = key();
        restart();
    }

    @Override
    public void close() {
        end.countDown();
        stop();
    }

    /** The requests as they come, before MINA handles them. */
    private final class Subsystem extends SftpSubsystem {

        private @Nullable Iterator<String> more;

        Subsystem(ChannelSession channel, SftpSubsystemFactory factory) {
            super(channel, factory);
        }

        private boolean met(Buffer buffer, int id, At at) throws IOException {
            if (FaultySftp.this.met(at)) {
                sendStatus(prepareReply(buffer), id, SftpConstants.SSH_FX_PERMISSION_DENIED, "no");
                return true;
            }
            return false;
        }

        @Override
        protected void doOpenDir(Buffer buffer, int id) throws IOException {
            more = null;
            if (!met(buffer, id, At.OPEN_FOLDER)) {
                super.doOpenDir(buffer, id);
            }
        }

        @Override
        protected void doReadDir(Buffer buffer, int id) throws IOException {
            if (met(buffer, id, At.LIST)) {
                return;
            }
            Iterator<String> left = more == null ? names.get().iterator() : more;
            more = left;
            if (left.hasNext()) {
                sendPage(buffer, id, left);
            } else {
                super.doReadDir(buffer, id);
            }
        }

        private void sendPage(Buffer buffer, int id, Iterator<String> left) throws IOException {
            List<String> page = new ArrayList<>();
            for (int bytes = 0; left.hasNext() && bytes < 20_000; ) {
                String name = left.next();
                bytes += name.length() + 60;
                page.add(name);
            }
            Buffer reply = prepareReply(buffer);
            reply.putByte((byte) SftpConstants.SSH_FXP_NAME);
            reply.putInt(id);
            reply.putInt(page.size());
            for (String name : page) {
                reply.putBytes(name.getBytes(UTF_8));
                reply.putString("-rw-r--r-- 1 a a 10 Jan 1 00:00 x");
                reply.putInt(SftpConstants.SSH_FILEXFER_ATTR_SIZE
                        | SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS
                        | SftpConstants.SSH_FILEXFER_ATTR_ACMODTIME);
                reply.putLong(10);
                reply.putInt(0100644);
                reply.putInt(1_700_000_000);
                reply.putInt(1_700_000_000);
            }
            send(reply);
        }

        @Override
        protected void doRead(Buffer buffer, int id) throws IOException {
            if (read.get() > cutAfter.get()) {
                getServerSession().close(true);
                return;
            }
            if (!met(buffer, id, At.READ)) {
                super.doRead(buffer, id);
            }
        }

        @Override
        protected int doRead(
                int id, String handle, long offset, int length, byte[] data, int at, AtomicReference<Boolean> eof)
                throws IOException {
            int size = super.doRead(id, handle, offset, length, data, at, eof);
            read.addAndGet(Math.max(0, size));
            return size;
        }

        @Override
        protected void doWrite(Buffer buffer, int id) throws IOException {
            if (!met(buffer, id, At.WRITE)) {
                super.doWrite(buffer, id);
            }
        }

        @Override
        protected void doRemove(Buffer buffer, int id) throws IOException {
            if (!met(buffer, id, At.REMOVE)) {
                super.doRemove(buffer, id);
            }
        }

        @Override
        protected void doRename(Buffer buffer, int id) throws IOException {
            if (!met(buffer, id, At.RENAME)) {
                super.doRename(buffer, id);
            }
        }

        @Override
        protected void doPosixRename(Buffer buffer, int id) throws IOException {
            if (!met(buffer, id, At.RENAME)) {
                super.doPosixRename(buffer, id);
            }
        }

        @Override
        protected void doMakeDirectory(Buffer buffer, int id) throws IOException {
            if (!met(buffer, id, At.MAKE_FOLDER)) {
                super.doMakeDirectory(buffer, id);
            }
        }
    }
}
