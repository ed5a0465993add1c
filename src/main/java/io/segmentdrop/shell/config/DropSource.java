package io.segmentdrop.shell.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a drop's folder is. */
public sealed interface DropSource {

    /** A folder of this machine; absolute and without {@code .} and {@code ..}, links not resolved. */
    record Local(Path folder) implements DropSource {

        public Local {
            folder = folder.toAbsolutePath().normalize();
        }

        @Override
        public String words() {
            return "file:" + folder;
        }
    }

    /**
     * A folder of an SFTP server.
     *
     * @param path relative to the account's login directory; empty for the directory itself
     */
    record Sftp(String user, String host, int port, String path) implements DropSource {

        public Sftp {
            host = host.toLowerCase(Locale.ROOT);
        }

        @Override
        public String words() {
            return "sftp://%s@%s:%d/%s".formatted(user, host, port, path);
        }
    }

    /** The same always, however it was written in the configuration; never with a password. */
    String words();

    /**
     * Reads {@code file:/srv/acme}, {@code file:inbox} (relative to the working directory; spaces are allowed, and so are escapes
     * as in {@code %20}) or {@code sftp://user@host:22/outgoing}.
     *
     * @throws IllegalArgumentException if it is neither; the message says what was expected and found, and never a password
     */
    static DropSource of(String from) {
        if (from.startsWith("file:")) {
            return new Local(Parser.folder(from));
        }
        if (from.startsWith("sftp:")) {
            return Parser.sftp(from);
        }
        throw Parser.fault(from.isEmpty() ? "nothing" : "\"" + Parser.withoutPassword(from) + "\"");
    }

    /** The parts of {@link #of}. */
    final class Parser {

        private static final Pattern SFTP = Pattern.compile(
                "sftp://(?<user>[^@/:]+)@(?<host>\\[[0-9A-Fa-f:.]+]|[^@/:?#\\s]+)(?::(?<port>\\d{1,5}))?(?:/(?<path>.*))?");

        private Parser() {}

        private static Path folder(String from) {
            String path = from.substring("file:".length());
            if (path.startsWith("//")) {
                path = path.substring(2);
                require(path.startsWith("/"), from, "a host name");
            }
            require(!path.isBlank(), from, "no folder");
            try {
                return Path.of(decoded(path, from));
            } catch (InvalidPathException e) {
                throw fault("\"" + from + "\", which is no path of this machine");
            }
        }

        private static Sftp sftp(String from) {
            Matcher parts = SFTP.matcher(from);
            if (!parts.matches()) {
                throw fault("\"" + withoutPassword(from) + "\"");
            }
            String port = parts.group("port");
            int number = port == null ? 22 : Integer.parseInt(port);
            require(number >= 1 && number <= 65535, from, "the port " + port);
            String path = parts.group("path") == null
                    ? ""
                    : decoded(parts.group("path"), from).replaceAll("/$", "");
            require(plain(path), from, "a path that does not go straight down from the login directory");
            return new Sftp(decoded(parts.group("user"), from), parts.group("host"), number, path);
        }

        private static boolean plain(String path) {
            return path.isEmpty()
                    || List.of(path.split("/", -1)).stream()
                            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        }

        private static String decoded(String path, String from) {
            require(path.indexOf('?') < 0, from, "a query");
            require(path.indexOf('#') < 0, from, "a fragment");
            require(path.chars().noneMatch(Character::isISOControl), "…", "a control character");
            try {
                return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw fault("\"" + from + "\" with a % that begins no escape (a % itself is written %25)");
            }
        }

        private static void require(boolean met, String from, String found) {
            if (!met) {
                throw fault("\"" + from + "\" with " + found);
            }
        }

        private static String withoutPassword(String from) {
            return from.replaceFirst("(//[^/@:]*):[^/]*@", "$1:***@");
        }

        private static IllegalArgumentException fault(String found) {
            return new IllegalArgumentException(
                    "expected file:<folder> or sftp://<user>@<host>:<port>/<folder>, found " + found);
        }
    }
}
