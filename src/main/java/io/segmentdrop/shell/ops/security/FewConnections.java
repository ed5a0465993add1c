package io.segmentdrop.shell.ops.security;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * Tomcat's endpoint with room for one more connection, always: where too many are open, the oldest ends. So ten thousand that
 * ask nothing keep no probe out, and take no file descriptor that a delivery needs.
 */
final class FewConnections extends NioEndpoint {

    /** What Tomcat is told to use, by its name. */
    public static final class Protocol extends Http11NioProtocol {

        public Protocol() {
            super(new FewConnections());
        }
    }

    /** Of what the process may open, so much at most. */
    private static final int SHARE = 4;

    private final Queue<SocketChannel> open = new ArrayDeque<>();

    /** Tomcat's own limit, which makes the next connection wait, is twice this: to end takes a moment. */
    private int most() {
        int half = getMaxConnections() / 2;
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(half, system.getMaxFileDescriptorCount() / SHARE)
                : half;
    }

    /** Called by the one thread that accepts. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        open.add(socket);
        int most = most();
        if (open.size() > most) {
            open.removeIf(channel -> !channel.isOpen());
        }
        while (open.size() > most) {
            end(open.remove());
        }
        return super.setSocketOptions(socket);
    }

    /** Tomcat finds that nothing more comes and closes it; an answer under way still goes out. */
    private static void end(SocketChannel oldest) {
        try {
            oldest.shutdownInput();
        } catch (IOException e) {
            // it ended by itself
        }
    }
}
