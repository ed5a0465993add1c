package io.segmentdrop.sandbox;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * The sandbox's SFTP server: one account, one folder, on loopback only, with a host key of this run. It has no shell and
 * forwards nothing.
 */
final class SandboxSftp implements AutoCloseable {

    /** The account; its password is the same word as in {@code application-sandbox.yaml}. */
    static final String USER = "vendor";

    static final String PASSWORD = "sandbox";

    private final SshServer server;

    private SandboxSftp(SshServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param port 0 for any free one; if it is taken, any free one too
     * @param folder what the account sees
     * @param keys where {@code sftp-known-hosts} and {@code sftp-password} are written, for the drop and for the client
     */
    static SandboxSftp start(int port, Path folder, Path keys) throws IOException {
        KeyPair key = key();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder.toAbsolutePath()));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        listen(server);
        Files.writeString(
                keys.resolve("sftp-known-hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
        Files.writeString(keys.resolve("sftp-password"), PASSWORD + "\n");
        return new SandboxSftp(server);
    }

    /** A port that is taken, by another sandbox perhaps, is no reason not to start: the banner says which one it is. */
    private static void listen(SshServer server) throws IOException {
        try {
            server.start();
        } catch (BindException taken) {
            server.setPort(0);
            server.start();
        }
    }

    private static KeyPair key() {
        try {
            return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys on nistp256", e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
