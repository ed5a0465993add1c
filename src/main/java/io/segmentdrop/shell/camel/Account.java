package io.segmentdrop.shell.camel;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account of an SFTP server.
 *
 * @param host a name or an address, an IPv6 one without brackets
 * @param path the folder, relative to the account's login directory; empty for that directory itself
 * @param knownHosts the file that pins the server's host key, in OpenSSH's format
 */
public record Account(String user, String host, int port, String path, SignIn signIn, Path knownHosts) {

    /** How the account proves itself. */
    public sealed interface SignIn {

        /** The file that holds it. */
        Path file();

        /**
         * A private key.
         *
         * @param passphrase asked at each sign-in; null if the key has none
         */
        record Key(
                Path file,
                Supplier<@Nullable String> passphrase,
                @Nullable Path passphraseFile) implements SignIn {}

        /** A password: the file's first line. */
        record Password(Path file) implements SignIn {}
    }

    public Account {
        host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The files that decide whether a sign-in works. */
    public List<Path> files() {
        Path passphrase = signIn instanceof SignIn.Key key ? key.passphraseFile() : null;
        return Stream.concat(Stream.of(knownHosts, signIn.file()), Stream.ofNullable(passphrase))
                .toList();
    }

    /** The host as an address in a URI has it. */
    public String uriHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** Where it is, for messages. */
    public String shown() {
        return user + "@" + host + ":" + port;
    }
}
