package io.segmentdrop.cli;

import io.segmentdrop.core.drop.Names;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.camel.SftpFault;
import io.segmentdrop.shell.camel.ShownKey;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code hostkey sftp://HOST:PORT}: shows the key of an SFTP server, to be compared and pinned. The line for
 * {@code known-hosts-file} goes to the standard output, what to do with it to the standard error.
 */
public final class HostKeyCommand {

    /** The exit code when the server cannot be reached. */
    public static final int UNREACHABLE = 69;

    private static final Pattern SERVER = Pattern.compile(
            "sftp://(?:[^@/]+@)?(?<host>\\[[0-9A-Fa-f:.]+]|[^@/:?#\\s\\[\\]]+)(?::(?<port>\\d{1,5}))?(?:/.*)?");

    private HostKeyCommand() {}

    /** True if these arguments are for this command. */
    public static boolean isMeant(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("hostkey");
    }

    /**
     * Runs the command.
     *
     * @return the exit code: 0, {@link CheckCommand#USAGE} or {@link #UNREACHABLE}
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Matcher server = SERVER.matcher(arguments.length == 2 ? arguments[1] : "");
        int port = server.matches() && server.group("port") != null ? Integer.parseInt(server.group("port")) : 22;
        if (!server.matches() || port < 1 || port > 65535) {
            err.println("expected hostkey sftp://<host>:<port>");
            err.flush();
            return CheckCommand.USAGE;
        }
        int exitCode = show(server.group("host"), port, out, err);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static int show(String host, int port, PrintWriter out, PrintWriter err) {
        try {
            ShownKey key = ShownKey.of(host, port, Limits.DEFAULTS);
            err.println(key.fingerprint());
            err.println(
                    "Ask the partner, by another way than this one, whether that is the server's fingerprint. If it is,"
                            + " append the next line to the drop's known-hosts-file.");
            out.println(key.line());
            return 0;
        } catch (SftpFault e) {
            err.println(Names.shown(String.valueOf(e.getMessage())));
            return UNREACHABLE;
        }
    }
}
