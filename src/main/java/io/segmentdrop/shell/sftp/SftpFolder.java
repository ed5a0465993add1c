package io.segmentdrop.shell.sftp;

import io.segmentdrop.core.drop.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attribute;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpInputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One folder of one server. The caller judges names before it hands them in; each must be one plain path segment. A
 * {@link SftpRefused} leaves the connection as it is, a {@link SftpFault} means that it is gone. What concerns different
 * names may be asked side by side: over a long way the time goes into waiting for answers.
 */
public final class SftpFolder implements AutoCloseable {

    /**
     * What a folder holds.
     *
     * @param entries those that were wanted, as the server lists them; names are not judged
     * @param others how many were not wanted
     * @param cut whether there were more wanted ones than may be kept
     */
    public record Listing(List<Entry> entries, long others, boolean cut) {}

    /** A file of at most so many bytes is read by one question; larger ones are read ahead. */
    public static final int SMALL = 32_000;

    private static final int BUFFER = 1 << 16;

    private final SftpConnection connection;
    private final SftpClient sftp;
    private final String path;
    private final Limits limits;

    SftpFolder(SftpConnection connection, SftpClient sftp, String path, Limits limits) {
        this.connection = connection;
        this.sftp = sftp;
        this.path = path;
        this.limits = limits;
        sftp.setNameDecodingCharset(StandardCharsets.UTF_8);
    }

    /**
     * Lists the folder page by page; what is not wanted is counted and forgotten.
     *
     * @param most how many of the wanted entries are kept at most
     */
    public Listing list(Predicate<Entry> wanted, int most) throws IOException {
        return within(Phase.LIST, limits.list(), deadline -> {
            List<Entry> kept = new ArrayList<>();
            long others = 0;
            boolean cut = false;
            try (CloseableHandle folder = sftp.openDir(path.isEmpty() ? "." : path)) {
                AtomicReference<Boolean> end = new AtomicReference<>();
                for (List<DirEntry> page = sftp.readDir(folder, end);
                        page != null;
                        page = Boolean.TRUE.equals(end.get()) ? null : sftp.readDir(folder, end)) {
                    for (DirEntry one : page) {
                        Entry entry = entry(one.getFilename(), one.getAttributes());
                        if (isSelf(entry.name())) {
                            continue;
                        }
                        boolean keep = wanted.test(entry);
                        cut |= keep && kept.size() >= most;
                        if (keep && kept.size() < most) {
                            kept.add(entry);
                        } else {
                            others++;
                        }
                    }
                }
            }
            return new Listing(kept, others, cut);
        });
    }

    private static boolean isSelf(String name) {
        return name.equals(".") || name.equals("..");
    }

    /** What the server says of one name now, without following a link; empty if it is not there. */
    public Optional<Entry> find(String name) throws IOException {
        try {
            return Optional.of(within(Phase.READ, limits.read(), deadline -> entry(name, sftp.lstat(in(name)))));
        } catch (SftpRefused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Entry entry(String name, Attributes attributes) {
        boolean dated = attributes.getFlags().contains(Attribute.ModifyTime);
        return new Entry(
                name,
                kind(attributes),
                attributes.getFlags().contains(Attribute.Size) ? attributes.getSize() : 0,
                dated ? attributes.getModifyTime().to(TimeUnit.NANOSECONDS) : 0,
                "",
                1,
                0);
    }

    private static Entry.Kind kind(Attributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Entry.Kind.LINK;
        }
        if (attributes.isDirectory()) {
            return Entry.Kind.DIRECTORY;
        }
        return attributes.isRegularFile() ? Entry.Kind.FILE : Entry.Kind.OTHER;
    }

    /**
     * Copies a file as it was listed.
     *
     * @return whether it still was what was listed, before and after; otherwise what was copied is worth nothing
     */
    public boolean copy(Entry listed, OutputStream to) throws IOException {
        return progressing(Phase.READ, deadline -> {
            try (CloseableHandle file = sftp.open(in(listed.name()), OpenMode.Read)) {
                long size = listed.size() <= SMALL ? small(file, listed, to) : large(file, listed, to, deadline);
                Entry after = entry(listed.name(), sftp.stat(file));
                return size == listed.size()
                        && after.isFile()
                        && after.size() == size
                        && after.mtimeNanos() == listed.mtimeNanos();
            }
        });
    }

    private long small(CloseableHandle file, Entry listed, OutputStream to) throws IOException {
        byte[] bytes = new byte[SMALL + 1];
        int size = 0;
        while (size <= listed.size()) {
            int read = sftp.read(file, size, bytes, size, bytes.length - size);
            if (read <= 0) {
                break;
            }
            size += read;
            if (size == listed.size()) {
                break;
            }
        }
        to.write(bytes, 0, size);
        return size;
    }

    private long large(CloseableHandle file, Entry listed, OutputStream to, Deadline deadline) throws IOException {
        long size = 0;
        byte[] bytes = new byte[BUFFER];
        try (InputStream in = new SftpInputStreamAsync(
                (AbstractSftpClient) sftp, SMALL, 0, listed.size(), in(listed.name()), file, false)) {
            for (int read = in.read(bytes); read >= 0 && size <= listed.size(); read = in.read(bytes)) {
                to.write(bytes, 0, read);
                size += read;
                deadline.moved(read);
            }
        }
        return size;
    }

    /** Removes a file; a link is removed itself. */
    public void remove(String name) throws IOException {
        within(Phase.WRITE, limits.read(), deadline -> {
            sftp.remove(in(name));
            return true;
        });
    }

    /** Gives a file another name, in this folder or one below; never over one that is there, where the server keeps to that. */
    public void rename(String from, String to) throws IOException {
        within(Phase.WRITE, limits.read(), deadline -> {
            sftp.rename(in(from), in(to));
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
            within(Phase.WRITE, limits.read(), deadline -> {
                sftp.mkdir(in(name));
                return true;
            });
        } else if (found.get().kind() != Entry.Kind.DIRECTORY) {
            throw new SftpRefused("a link or a file called " + name);
        }
    }

    /** Writes a file whole: to a temporary name beside it, which must be new, then renamed over an older one. */
    public void write(String folder, String name, InputStream content) throws IOException {
        String temporary = folder + "/.segment-drop.tmp";
        progressing(Phase.WRITE, deadline -> {
            try (CloseableHandle file = create(in(temporary))) {
                byte[] bytes = new byte[SMALL];
                long at = 0;
                for (int read = content.readNBytes(bytes, 0, SMALL);
                        read > 0;
                        read = content.readNBytes(bytes, 0, SMALL)) {
                    sftp.write(file, at, bytes, 0, read);
                    at += read;
                    deadline.moved(read);
                }
            }
            return true;
        });
        replace(temporary, folder + "/" + name);
    }

    /** Never through a link; what an ended connection left behind is removed first. */
    private CloseableHandle create(String file) throws IOException {
        Set<OpenMode> anew = EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Exclusive);
        try {
            return sftp.open(file, anew);
        } catch (SftpException e) {
            sftp.remove(file);
            return sftp.open(file, anew);
        }
    }

    private void replace(String from, String to) throws IOException {
        OpenSSHPosixRenameExtension over = sftp.getExtension(OpenSSHPosixRenameExtension.class);
        if (over != null && over.isSupported()) {
            within(Phase.WRITE, limits.read(), deadline -> {
                over.posixRename(in(from), in(to));
                return true;
            });
        } else {
            // version 3 of SFTP knows no rename over a file
            removeIfThere(to);
            rename(from, to);
        }
    }

    private void removeIfThere(String name) throws IOException {
        try {
            remove(name);
        } catch (SftpRefused e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    private String in(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Ends the connection at once, from any thread. */
    @Override
    public void close() {
        connection.close();
    }

    private interface Work<T> {
        T run(Deadline deadline) throws IOException;
    }

    private <T> T within(Phase phase, Duration limit, Work<T> work) throws IOException {
        try (Deadline deadline = Deadline.of(limit, connection::cut)) {
            return run(phase, limit, deadline, work);
        }
    }

    private <T> T progressing(Phase phase, Work<T> work) throws IOException {
        try (Deadline deadline = Deadline.ofProgress(limits.read(), connection::cut)) {
            return run(phase, limits.read(), deadline, work);
        }
    }

    private <T> T run(Phase phase, Duration limit, Deadline deadline, Work<T> work) throws IOException {
        try {
            return work.run(deadline);
        } catch (SftpException e) {
            if (isConnection(e) || deadline.isExpired()) {
                throw deadline.isExpired() ? connection.late(phase, limit) : connection.lost(phase, e);
            }
            throw new SftpRefused(e);
        } catch (FileSystemException e) {
            // our own disk
            throw e;
        } catch (IOException | RuntimeException e) {
            throw deadline.isExpired() ? connection.late(phase, limit) : connection.lost(phase, e);
        }
    }

    private static boolean isConnection(SftpException e) {
        return e.getStatus() == SftpConstants.SSH_FX_CONNECTION_LOST
                || e.getStatus() == SftpConstants.SSH_FX_NO_CONNECTION;
    }
}
