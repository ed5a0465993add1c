package io.segmentdrop.shell.camel;

import com.jcraft.jsch.ChannelSftp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The SFTP channels of one session. One answers one question at a time, so that more are opened when several ask at once, as
 * many as the server allows (OpenSSH: ten); a server that allows one is asked one thing after the other.
 */
final class Channels {

    private static final int MOST = 8;

    private final SftpConnection connection;
    private final Deque<ChannelSftp> idle = new ArrayDeque<>();
    private int open;
    private int most = MOST;

    /** @param first is open already */
    Channels(SftpConnection connection, ChannelSftp first) {
        this.connection = connection;
        idle.push(first);
        open = 1;
    }

    /** One that nobody else uses, until it is {@linkplain #give given} back or {@linkplain #drop dropped}. */
    ChannelSftp take() throws IOException {
        while (true) {
            ChannelSftp free = idleOrNull();
            if (free != null) {
                return free;
            }
            try {
                return connection.channel();
            } catch (SftpFault e) {
                if (!isOneLess()) {
                    throw e;
                }
            }
        }
    }

    /** Null if another may be opened. */
    private synchronized @Nullable ChannelSftp idleOrNull() throws IOException {
        while (idle.isEmpty() && open >= most) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the program ends");
            }
        }
        if (idle.isEmpty()) {
            open++;
        }
        return idle.poll();
    }

    /** The server allows no more than there are; false if there is none. */
    private synchronized boolean isOneLess() {
        open--;
        most = Math.max(1, open);
        notifyAll();
        return open > 0 && connection.isOpen();
    }

    synchronized void give(ChannelSftp channel) {
        idle.push(channel);
        notifyAll();
    }

    /** Its questions and answers no longer fit. */
    void drop(ChannelSftp channel) {
        channel.disconnect();
        synchronized (this) {
            open--;
            notifyAll();
        }
    }

    /** Leaves one open; the memory of the others is for when there is much to fetch. */
    void rest() {
        while (true) {
            ChannelSftp other;
            synchronized (this) {
                if (idle.size() < 2) {
                    return;
                }
                other = idle.removeLast();
                open--;
            }
            other.disconnect();
        }
    }

    /** Whether one would be had at once. */
    synchronized boolean isAnyIdle() {
        return !idle.isEmpty() || open < most;
    }
}
