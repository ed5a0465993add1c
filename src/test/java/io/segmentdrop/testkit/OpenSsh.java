package io.segmentdrop.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * OpenSSH's own server on a loopback port, with {@code internal-sftp} and key authentication, and its own client. Run by
 * root, the account is shut into a folder ({@code ChrootDirectory}); by anyone else, it begins in a folder of the tests.
 */
public final class OpenSsh implements AutoCloseable {

    public static final String SSHD = "/usr/sbin/sshd";
    public static final String SFTP = "/usr/bin/sftp";
    public static final String KEYGEN = "/usr/bin/ssh-keygen";

    /** The passphrase of {@link #lockedKey}. */
    public static final String PASSPHRASE = "open sesame";

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final Path folder;
    private final int channels;
    private final Path jail;
    private final int port;
    private Process process;

    /**
     * One that lets a connection have SFTP once.
     *
     * @param folder for keys and configuration
     */
    public OpenSsh(Path folder) {
        this(folder, 1);
    }

    /** @param channels how often a connection may have SFTP at once; ten, if nobody says otherwise */
    public OpenSsh(Path folder, int channels) {
        this.channels = channels;
        try {
            this.folder = Files.createDirectories(folder);
            this.jail = ROOT ? Files.createTempDirectory(Path.of("/run"), "segment-drop-") : folder.resolve("jail");
            Files.createDirectories(jail.resolve("out"));
            if (ROOT) {
                // every folder above a jail must be root's alone
                Files.setPosixFilePermissions(
                        jail, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.createDirectories(Path.of("/run/sshd"));
            }
            this.port = freePort();
            key("host", "", "ed25519");
            key("client", "", "ed25519");
            key("locked", PASSPHRASE, "rsa");
            Files.writeString(
                    folder.resolve("authorized"),
                    Files.readString(folder.resolve("client.pub")) + Files.readString(folder.resolve("locked.pub")));
            this.process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void key(String name, String passphrase, String type) {
        run(
                KEYGEN,
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-C",
                "",
                "-f",
                folder.resolve(name).toString());
    }

    private Process launch() throws IOException {
        Path config = Files.writeString(folder.resolve("sshd_config"), """
            Port %d
            ListenAddress 127.0.0.1
            HostKey %s
            AuthorizedKeysFile %s
            StrictModes no
            PidFile none
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            MaxSessions %d
            Subsystem sftp internal-sftp
            ForceCommand internal-sftp -d %s
            %s
            """.formatted(
                        port,
                        folder.resolve("host"),
                        folder.resolve("authorized"),
                        channels,
                        ROOT ? "/" : jail,
                        ROOT ? "ChrootDirectory " + jail : ""));
        Process started = new ProcessBuilder(
                        SSHD,
                        "-D",
                        "-f",
                        config.toString(),
                        "-E",
                        folder.resolve("sshd.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.out").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> accepts(started));
        return started;
    }

    private boolean accepts(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("sshd ended with " + started.exitValue());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the server and every session of it at once. */
    public void stop() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again on the same port. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it, and starts it with another host key. */
    public void restartWithAnotherKey() {
        stop();
        try {
            Files.delete(folder.resolve("host"));
            Files.delete(folder.resolve("host.pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        key("host", "", "ed25519");
        restart();
    }

    public int port() {
        return port;
    }

    /** The folder of the drop, as this machine sees it. */
    public Path out() {
        return jail.resolve("out");
    }

    /** The private RSA key with a passphrase that the server lets in. */
    public Path lockedKey() {
        return folder.resolve("locked");
    }

    public Path clientKey() {
        return folder.resolve("client");
    }

    /** Pins the host key of now in a file. */
    public Path pin() {
        return pin(port);
    }

    /** The same for another port of this machine, which leads here. */
    public Path pin(int at) {
        try {
            return Files.writeString(
                    folder.resolve("known_hosts-" + at),
                    "[127.0.0.1]:" + at + " " + Files.readString(folder.resolve("host.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fingerprint of the host key of now. */
    public String fingerprint() {
        return run(KEYGEN, "-l", "-f", folder.resolve("host.pub").toString()).replaceFirst("(?s)^\\d+ (\\S+) .*", "$1");
    }

    public String user() {
        return System.getProperty("user.name");
    }

    /** Runs the client's commands in the drop's folder, and waits for its end. */
    public void sftp(String... commands) {
        sftp(port, commands);
    }

    /** The same by another port of this machine, which leads here. */
    public void sftp(int at, String... commands) {
        Process client = client(at, List.of(), commands);
        try {
            if (!client.waitFor(300, TimeUnit.SECONDS) || client.exitValue() != 0) {
                throw new IllegalStateException("sftp failed: " + Files.readString(folder.resolve("sftp.out")));
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins the client's commands in the drop's folder. */
    public Process client(List<String> options, String... commands) {
        return client(port, options, commands);
    }

    private Process client(int at, List<String> options, String... commands) {
        try {
            Path batch = Files.writeString(
                    Files.createTempFile(folder, "batch", ""), "cd out\n" + String.join("\n", commands) + "\n");
            List<String> command = new ArrayList<>(List.of(SFTP, "-q"));
            command.addAll(options);
            command.addAll(List.of(
                    "-P",
                    String.valueOf(at),
                    "-i",
                    clientKey().toString(),
                    "-o",
                    "UserKnownHostsFile=" + pin(at),
                    "-o",
                    "BatchMode=yes",
                    "-b",
                    batch.toString(),
                    user() + "@127.0.0.1"));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sftp.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String... command) {
        try {
            File out = Files.createTempFile(folder, "run", "").toFile();
            Process run = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out)
                    .start();
            if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return Files.readString(out.toPath());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        if (ROOT) {
            try (Stream<Path> files = Files.walk(jail)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
