package io.segmentdrop.shell.camel;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.segmentdrop.core.drop.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One folder of one server. The caller judges names before it hands them in; each must be one plain path segment, or one below
 * a folder of ours. A {@link SftpRefused} leaves the connection as it is, a {@link SftpFault} means that it is gone. What
 * concerns different names may be asked side by side: over a long way the time goes into waiting for answers.
 */
public final class SftpFolder implements AutoCloseable {

    /**
     * What a folder holds.
     *
     * @param entries those that were wanted, as the server lists them; names are not judged
     * @param others how many were not wanted
     * @param cut whether there were more wanted ones than may be kept
     */
    public record Listed(List<Entry> entries, long others, boolean cut) {}

    /** A file of at most so many bytes comes with one answer; larger ones are read ahead, one after the other. */
    public static final int SMALL = 32_000;

    /** JSch takes these in a name for a pattern. */
    private static final Pattern PATTERNS = Pattern.compile("[\\\\*?]");

    private final SftpConnection connection;
    private final Channels channels;
    private final String path;
    private final Limits limits;
    private final Outgoing outgoing = new Outgoing(this);

    SftpFolder(SftpConnection connection, Channels channels, String path, Limits limits) {
        this.connection = connection;
        this.channels = channels;
        this.path = path;
        this.limits = limits;
    }

    /**
     * Lists the folder page by page; what is not wanted is counted and forgotten.
     *
     * @param most how many of the wanted entries are kept at most
     */
    public Listed list(Predicate<Entry> wanted, int most) throws IOException {
        return list("", wanted, most);
    }

    /** The same of a folder below this one; empty for this one. */
    Listed list(String folder, Predicate<Entry> wanted, int most) throws IOException {
        Listing listing = new Listing(wanted, most);
        String where = folder.isEmpty() ? path : in(folder);
        within(Phase.LIST, limits.list(), (at, deadline) -> {
            at.ls(where.isEmpty() ? "." : quoted(where), listing);
            return true;
        });
        return listing.result();
    }

    /** What the server says of one name now, without following a link; empty if it is not there. */
    public Optional<Entry> find(String name) throws IOException {
        try {
            return Optional.of(within(
                    Phase.READ, limits.read(), (at, deadline) -> Listing.entry(name, at.lstat(quoted(in(name))))));
        } catch (SftpRefused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Copies a file as it was listed.
     *
     * @return whether it still was what was listed when it had been read; otherwise what was copied is worth nothing
     */
    public boolean copy(Entry listed, OutputStream to) throws IOException {
        boolean whole = progressing(Phase.READ, (at, deadline) -> {
            Sink sink = new Sink(to, listed.size(), deadline);
            try {
                at.get(quoted(in(listed.name())), sink);
            } catch (SftpException e) {
                sink.rethrow();
                throw e;
            }
            return sink.isWhole();
        });
        return whole
                && find(listed.name())
                        .filter(after -> after.isFile()
                                && after.size() == listed.size()
                                && after.mtimeNanos() == listed.mtimeNanos())
                        .isPresent();
    }

    /** Removes a file; a link is removed itself. */
    public void remove(String name) throws IOException {
        within(Phase.WRITE, limits.read(), (at, deadline) -> {
            at.rm(quoted(in(name)));
            return true;
        });
    }

    /** Gives a file another name, in this folder or one below; over one that is there, where the server does that. */
    public void rename(String from, String to) throws IOException {
        within(Phase.WRITE, limits.read(), (at, deadline) -> {
            at.rename(quoted(in(from)), quoted(in(to)));
            return true;
        });
    }

    /**
     * Makes a folder below this one if it is missing.
     *
     * @throws SftpRefused if it cannot be made, or if something else, a link also, has its name
     */
    public void makeFolder(String name) throws IOException {
        Optional<Entry> found = find(name);
        if (found.isEmpty()) {
            within(Phase.WRITE, limits.read(), (at, deadline) -> {
                at.mkdir(in(name));
                return true;
            });
        } else if (found.get().kind() != Entry.Kind.DIRECTORY) {
            throw new SftpRefused("a link or a file called " + name);
        }
    }

    /** Writes a file whole into a folder below this one: to a name of its own there, then renamed over an older one. */
    public void write(String folder, String name, InputStream content) throws IOException {
        outgoing.write(folder, name, content);
    }

    /** Writes to a name that nobody else knows. */
    void put(String name, InputStream content) throws IOException {
        progressing(Phase.WRITE, (at, deadline) -> {
            Source source = new Source(content, deadline);
            try {
                at.put(source, quoted(in(name)));
            } catch (SftpException e) {
                source.rethrow();
                throw e;
            }
            return true;
        });
    }

    /** Whether a rename goes over a file that is there; the protocol's own does not. */
    boolean isRenameOver() throws IOException {
        return within(
                Phase.WRITE, limits.read(), (at, deadline) -> "1".equals(at.getExtension("posix-rename@openssh.com")));
    }

    private String in(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private static String quoted(String name) {
        return PATTERNS.matcher(name).replaceAll("\\\\$0");
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether nothing has to wait for what others ask. */
    public boolean isIdle() {
        return channels.isAnyIdle();
    }

    /** There is nothing to fetch for now. */
    public void rest() {
        channels.rest();
    }

    /** Ends the connection at once, from any thread. */
    @Override
    public void close() {
        connection.close();
    }

    private interface Work<T> {
        T run(ChannelSftp at, Deadline deadline) throws IOException, SftpException;
    }

    private <T> T within(Phase phase, Duration limit, Work<T> work) throws IOException {
        ChannelSftp at = channels.take();
        try (Deadline deadline = Deadline.of(limit, connection::cut)) {
            return run(phase, limit, at, deadline, work, true);
        }
    }

    private <T> T progressing(Phase phase, Work<T> work) throws IOException {
        ChannelSftp at = channels.take();
        try (Deadline deadline = Deadline.ofProgress(limits.read(), connection::cut)) {
            return run(phase, limits.read(), at, deadline, work, false);
        }
    }

    /**
     * Lets the channel go where answers to older questions may still come.
     *
     * @param one whether the work is one question, so that a refusal is the end of it
     */
    private <T> T run(Phase phase, Duration limit, ChannelSftp at, Deadline deadline, Work<T> work, boolean one)
            throws IOException {
        boolean answered = false;
        try {
            T result = work.run(at, deadline);
            answered = true;
            return result;
        } catch (SftpException e) {
            if (isAnswer(e) && !deadline.isExpired()) {
                answered = one;
                throw new SftpRefused(e);
            }
            throw lost(phase, limit, deadline, e);
        } catch (FileSystemException e) {
            // our own disk
            throw e;
        } catch (IOException | RuntimeException e) {
            throw lost(phase, limit, deadline, e);
        } finally {
            if (answered) {
                channels.give(at);
            } else {
                channels.drop(at);
            }
        }
    }

    private SftpFault lost(Phase phase, Duration limit, Deadline deadline, Exception e) {
        return deadline.isExpired() ? connection.late(phase, limit) : connection.lost(phase, e);
    }

    /** JSch gives its own troubles the number of an answer, and their cause with it. */
    private static boolean isAnswer(SftpException e) {
        return e.getCause() == null
                && e.id != ChannelSftp.SSH_FX_NO_CONNECTION
                && e.id != ChannelSftp.SSH_FX_CONNECTION_LOST;
    }
}
