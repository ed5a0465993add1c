package io.segmentdrop.shell.files;

import io.segmentdrop.core.drop.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A partner's folder. Everything in it is hostile until judged: nothing is followed, nothing but regular files is opened,
 * and the folder itself is never made.
 */
public final class DropFolder {

    /** {@code receipts} is a link or a file: the drop is closed until somebody removes it. */
    public static final class ReceiptsRefused extends IOException {

        ReceiptsRefused(Path receipts) {
            super("expected a folder, found a link or a file at " + receipts + "; remove it");
        }
    }

    /** How many entries of a folder are looked at at most. */
    public static final int MOST = 100_000;

    private static final String RECEIPTS = "receipts";
    private static final int SIDECAR_LIMIT = (64 << 10) + 1;

    /** So many receipts are written at once; few names, so that what a kill leaves behind is removed by a later one. */
    private static final int WRITERS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> READABLE_BY_ALL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    /** Changes names in the folder. */
    @FunctionalInterface
    public interface Arrangement {

        void run() throws IOException;
    }

    /**
     * A receipt as it is now.
     *
     * @param mark by which it is known again
     */
    public record Outgoing(String name, Path file, Mark mark) {}

    private final Path folder;
    private final int most;
    private final Disk disk;
    private final Apart apart;
    private final BlockingQueue<Path> temporaries = new PriorityBlockingQueue<>();
    private final Lock arranging = new ReentrantLock();

    /** Not the other lock: who writes a receipt does not wait until a full folder is listed. */
    private final Lock namingReceipts = new ReentrantLock();

    public DropFolder(Path folder, Disk disk) {
        this(folder, disk, MOST, PATIENCE);
    }

    /** @param most how many entries are looked at */
    public DropFolder(Path folder, Disk disk, int most) {
        this(folder, disk, most, PATIENCE);
    }

    /** @param patience with a folder that hangs */
    DropFolder(Path folder, Disk disk, Duration patience) {
        this(folder, disk, MOST, patience);
    }

    private DropFolder(Path folder, Disk disk, int most, Duration patience) {
        this.most = most;
        this.folder = folder.toAbsolutePath().normalize();
        this.disk = disk;
        this.apart = new Apart(patience);
        for (int i = 0; i < WRITERS; i++) {
            temporaries.add(Path.of(".segment-drop-" + i + ".tmp"));
        }
    }

    public Path path() {
        return folder;
    }

    /** What lies in the folder now. */
    public Listing list() throws IOException {
        return list(entry -> entry);
    }

    /** @param known the entry of an earlier look in place of one that equals it */
    public Listing list(UnaryOperator<Entry> known) throws IOException {
        arranging.lock();
        try {
            return Listing.of(folder, most, known);
        } finally {
            arranging.unlock();
        }
    }

    /** Runs what must not be {@linkplain #list listed} half done. */
    public void arrange(Arrangement arrangement) throws IOException {
        run(arranging, arrangement);
    }

    private static void run(Lock lock, Arrangement arrangement) throws IOException {
        lock.lock();
        try {
            arrangement.run();
        } finally {
            lock.unlock();
        }
    }

    /** The first 64 KiB and one byte of a file of this folder, without following a link. */
    public byte[] readSidecar(String name) throws IOException {
        try (InputStream in = Opener.stream(folder.resolve(name))) {
            return in.readNBytes(SIDECAR_LIMIT);
        }
    }

    /** Whether {@code receipts} may be used: absent or a real folder. */
    public boolean areReceiptsSafe() {
        Path receipts = folder.resolve(RECEIPTS);
        return !Disk.isThere(receipts) || Files.isDirectory(receipts, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Writes a file for the partner into {@code receipts/}: to a temporary name, fsynced, renamed over an older one. No link
     * is followed on the way, also not one that is put there meanwhile; a folder that hangs is given up.
     *
     * @param name one plain path segment
     */
    public void writeReceipt(String name, InputStream content) throws IOException {
        apart.run(content, whole -> write(name, whole));
    }

    private void write(String name, Apart.Content content) throws IOException {
        Path receipts = folder.resolve(RECEIPTS);
        makeReceipts(receipts);
        try (DirectoryStream<Path> above = Files.newDirectoryStream(Opener.folder(folder))) {
            if (!(above instanceof SecureDirectoryStream<Path> drop)) {
                throw new IOException("expected a file system on which folders open without following links");
            }
            try (SecureDirectoryStream<Path> into = drop.newDirectoryStream(Opener.folder(Path.of(RECEIPTS)))) {
                if (!isReceipts(drop, into)) {
                    throw new ReceiptsRefused(receipts);
                }
                writeAside(into, name, content);
            } catch (NotDirectoryException e) {
                throw new ReceiptsRefused(receipts);
            }
        }
        disk.forceFolder(receipts);
    }

    /** Whether a folder that was opened is the drop's own, and no link led to it. */
    private static boolean isReceipts(SecureDirectoryStream<Path> drop, SecureDirectoryStream<Path> opened)
            throws IOException {
        BasicFileAttributes here = drop.getFileAttributeView(
                        Path.of(RECEIPTS), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        BasicFileAttributes there =
                opened.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        return here.isDirectory() && Objects.equals(here.fileKey(), there.fileKey());
    }

    /** The receipts and rejects that lie here now, the oldest first. */
    public List<Outgoing> receipts() throws IOException {
        Path receipts = folder.resolve(RECEIPTS);
        List<Outgoing> found = new ArrayList<>();
        if (Files.isDirectory(receipts, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Opener.folder(receipts))) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.startsWith(".")) {
                        receipt(name).ifPresent(found::add);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        found.sort(Comparator.comparingLong(one -> one.mark().mtimeNanos()));
        return found;
    }

    /** The receipt, or the rejects, of this name. */
    public Optional<Outgoing> receipt(String name) throws IOException {
        Path file = folder.resolve(RECEIPTS).resolve(name);
        return Mark.of(file).map(mark -> new Outgoing(name, file, mark));
    }

    /** Removes a receipt that was carried on, unless a newer one has its name by now. */
    public void removeReceipt(Outgoing carried) throws IOException {
        run(namingReceipts, () -> {
            if (Mark.of(carried.file()).filter(carried.mark()::equals).isPresent()) {
                disk.remove(carried.file());
            }
        });
    }

    private void makeReceipts(Path receipts) throws IOException {
        if (Files.isDirectory(receipts, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!areReceiptsSafe()) {
            throw new ReceiptsRefused(receipts);
        }
        try {
            Files.createDirectory(
                    receipts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            disk.forceFolder(folder);
        } catch (FileAlreadyExistsException e) {
            // made meanwhile
        }
    }

    private void writeAside(SecureDirectoryStream<Path> into, String name, Apart.Content content) throws IOException {
        try {
            Path temporary = temporaries.take();
            try {
                write(into, temporary, name, content);
            } finally {
                temporaries.add(temporary);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the program ends");
        }
    }

    private void write(SecureDirectoryStream<Path> into, Path temporary, String name, Apart.Content content)
            throws IOException {
        boolean moved = false;
        try (SeekableByteChannel out = create(into, temporary)) {
            content.transferTo(Channels.newOutputStream(out));
            if (out instanceof FileChannel file) {
                file.force(true);
            }
            run(namingReceipts, () -> {
                content.require();
                into.move(temporary, into, Path.of(name));
            });
            moved = true;
        } finally {
            if (!moved) {
                removeIfThere(into, temporary);
            }
        }
    }

    private static SeekableByteChannel create(SecureDirectoryStream<Path> into, Path temporary) throws IOException {
        try {
            return into.newByteChannel(temporary, NEW, READABLE_BY_ALL);
        } catch (FileAlreadyExistsException e) {
            // a kill left it behind
            removeIfThere(into, temporary);
            return into.newByteChannel(temporary, NEW, READABLE_BY_ALL);
        }
    }

    private static void removeIfThere(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            folder.deleteFile(name);
        } catch (NoSuchFileException e) {
            // nothing was left behind
        }
    }
}
