package io.segmentdrop.shell.config;

import io.segmentdrop.shell.config.DropSource.Sftp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An SFTP drop knows its server by its host key, can sign in, and is the only one of its folder. */
record SftpRule() implements StartupRule {

    /** Each costs the server a process, and this program a thread. */
    private static final int MOST_CONNECTIONS = 16;

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        Map<String, DropSource> sources = Sources.of(properties);
        Map<Sftp, String> seen = new HashMap<>();
        properties.drops().forEach((name, drop) -> {
            if (sources.get(name) instanceof Sftp server) {
                hostKey(name, drop.sftp(), refuse);
                signIn(name, drop.sftp(), refuse);
                int connections = drop.sftp().connections();
                refuse.unless(
                        connections >= 1 && connections <= MOST_CONNECTIONS,
                        StartupRule.dropKey(name, "sftp.connections"),
                        "expected from 1 to " + MOST_CONNECTIONS + " connections, found " + connections);
                alone(name, server, seen.putIfAbsent(server, name), refuse);
            }
        });
    }

    private static void alone(String name, Sftp server, @Nullable String other, Refuse refuse) {
        refuse.unless(
                other == null,
                StartupRule.dropKey(name, "from"),
                "expected a folder of its own, found the folder of drop " + other + " (" + server.user() + "@"
                        + server.host() + ":" + server.port() + "/" + server.path() + ")");
    }

    private static void hostKey(String name, SftpProperties sftp, Refuse refuse) {
        String fault = sftp.knownHostsFile() == null ? "nothing" : hostKeyFault(sftp.knownHostsFile());
        refuse.unless(
                fault.isEmpty(),
                StartupRule.dropKey(name, "sftp.known-hosts-file"),
                "expected a file that pins the server's host key, found " + fault
                        + "; write one with ssh-keyscan and compare its fingerprint with the partner's");
    }

    private static String hostKeyFault(String file) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            boolean any = lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
            return any ? "" : "no key in " + file;
        } catch (IOException | InvalidPathException | UncheckedIOException e) {
            return "no readable file at " + file;
        }
    }

    private static void signIn(String name, SftpProperties sftp, Refuse refuse) {
        refuse.unless(
                sftp.privateKeyFile() != null || sftp.passwordFile() != null,
                StartupRule.dropKey(name, "sftp.private-key-file"),
                "expected a private key, or a password in the file that sftp.password-file names, found neither");
        readable(name, "sftp.private-key-file", sftp.privateKeyFile(), refuse);
        readable(name, "sftp.passphrase-file", sftp.passphraseFile(), refuse);
        readable(name, "sftp.password-file", sftp.passwordFile(), refuse);
    }

    private static void readable(String name, String key, @Nullable String file, Refuse refuse) {
        refuse.unless(
                file == null || isReadable(file),
                StartupRule.dropKey(name, key),
                "expected a readable file, found none at " + file);
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
