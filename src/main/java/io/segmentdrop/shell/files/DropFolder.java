package io.segmentdrop.shell.files;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.FolderIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

    /** Another folder is in the place of the drop's, or none that can be known again: nothing is read or written there. */
    public static final class Replaced extends IOException {

        Replaced(Path folder) {
            super("expected the folder " + folder + " as it was, found another in its place");
        }
    }

    /** How many entries of a folder are looked at at most. */
    public static final int MOST = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String RECEIPTS = "receipts";
    private static final int SIDECAR_LIMIT = (64 << 10) + 1;

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
    private final Disk disk;
    private final int most;
    private final Outbox outbox;
    private final Apart apart;
    private final Lock arranging = new ReentrantLock();

    /** Not the other lock: who writes a receipt does not wait until a full folder is listed. */
    private final Lock namingReceipts = new ReentrantLock();

    private volatile @Nullable FolderIdentity known;

    /** A folder of which nobody knows yet which one it is; receipts can be read by the drop's group. */
    public DropFolder(Path folder, Disk disk) {
        this(folder, disk, ReceiptMode.DEFAULT);
    }

    public DropFolder(Path folder, Disk disk, ReceiptMode receipts) {
        this(folder, disk, receipts, MOST, PATIENCE);
    }

    /**
     * A folder that may hold more than is looked at.
     *
     * @param most how many entries are looked at
     */
    public DropFolder(Path folder, Disk disk, int most) {
        this(folder, disk, ReceiptMode.DEFAULT, most, PATIENCE);
    }

    /**
     * A folder that may hang.
     *
     * @param patience with it
     */
    DropFolder(Path folder, Disk disk, Duration patience) {
        this(folder, disk, ReceiptMode.DEFAULT, MOST, patience);
    }

    private DropFolder(Path folder, Disk disk, ReceiptMode receipts, int most, Duration patience) {
        this.folder = folder.toAbsolutePath().normalize();
        this.disk = disk;
        this.most = most;
        this.outbox = new Outbox(receipts, rename -> run(namingReceipts, rename));
        this.apart = new Apart(patience);
    }

    public Path path() {
        return folder;
    }

    /** Which folder is there now, through a link too. */
    public FolderIdentity identity() throws IOException {
        return Folders.identity(folder);
    }

    /** From now on nothing is written into a folder that is not this one. */
    public void know(FolderIdentity identity) {
        known = identity;
    }

    /** Whether the folder is there, and is the one that it was if that is known. */
    public boolean isItself() {
        try {
            FolderIdentity wanted = known;
            FolderIdentity found = identity();
            return wanted == null || found.is(wanted);
        } catch (IOException e) {
            return false;
        }
    }

    private void requireItself(SecureDirectoryStream<Path> opened) throws IOException {
        if (!isItself()
                || !Folders.key(opened)
                        .equals(Files.readAttributes(folder, BasicFileAttributes.class)
                                .fileKey())) {
            throw new Replaced(folder);
        }
    }

    /** What we may do here, as things are now. */
    public Rights rights() throws IOException {
        return new Rights(folder, disk);
    }

    /** Whether receipts bear another group than the drop's, so that its partner may be unable to read them. */
    public boolean areReceiptsWithoutGroup() {
        return outbox.lacksGroup();
    }

    /** What lies in the folder now. */
    public Listing list() throws IOException {
        return list(entry -> entry);
    }

    /**
     * What lies in the folder now.
     *
     * @param known the entry of an earlier look in place of one that equals it
     */
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
     * @throws Replaced if the folder is known and this is another; then nothing is made in it
     */
    public void writeReceipt(String name, InputStream content) throws IOException {
        apart.run(content, whole -> write(name, whole));
    }

    private void write(String name, Apart.Content content) throws IOException {
        Path receipts = folder.resolve(RECEIPTS);
        try (SecureDirectoryStream<Path> drop = Folders.open(folder)) {
            requireItself(drop);
            makeReceipts(receipts);
            try (SecureDirectoryStream<Path> into = open(drop, receipts)) {
                GroupPrincipal group = drop.getFileAttributeView(PosixFileAttributeView.class)
                        .readAttributes()
                        .group();
                outbox.write(new Outbox.To(receipts, into, group), name, content);
            }
        }
        disk.forceFolder(receipts);
    }

    private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> drop, Path receipts)
            throws IOException {
        try {
            return Folders.open(drop, Path.of(RECEIPTS));
        } catch (NotDirectoryException e) {
            throw new ReceiptsRefused(receipts);
        }
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
        outbox.make(receipts);
        disk.forceFolder(folder);
    }
}
