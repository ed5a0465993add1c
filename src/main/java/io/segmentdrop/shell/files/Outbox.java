package io.segmentdrop.shell.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes files for a partner into {@code receipts}. Each is written in a folder of our own in there, which the partner cannot
 * change, so that a file's mode can be set, whatever the umask, and nobody can put a link or a pipe in the file's place
 * meanwhile; then it is forced and renamed over an older one.
 */
final class Outbox {

    private static final Path OWN = Path.of(".segment-drop");

    /** So many are written at once; few names, so that what a kill leaves behind is removed by a later one. */
    private static final int WRITERS = 8;

    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?> OUR_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    /** Gives a file that is written its name. */
    @FunctionalInterface
    interface Naming {

        void run(DropFolder.Arrangement rename) throws IOException;
    }

    /**
     * Where to.
     *
     * @param path of {@code receipts}, for a message and to make our own folder in it
     * @param receipts the folder itself
     * @param group the drop's
     */
    record To(Path path, SecureDirectoryStream<Path> receipts, GroupPrincipal group) {}

    private final ReceiptMode mode;
    private final Naming naming;
    private final BlockingQueue<Path> temporaries = new PriorityBlockingQueue<>();
    private volatile boolean lacksGroup;
    private volatile @Nullable Object letIn;

    Outbox(ReceiptMode mode, Naming naming) {
        this.mode = mode;
        this.naming = naming;
        for (int i = 0; i < WRITERS; i++) {
            temporaries.add(Path.of(i + ".tmp"));
        }
    }

    /** Makes {@code receipts}; no harm if it was made meanwhile. */
    void make(Path receipts) throws IOException {
        make(receipts, mode.folder());
    }

    private static void make(Path folder, Set<PosixFilePermission> rights) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(rights));
        } catch (FileAlreadyExistsException e) {
            // made meanwhile
        }
    }

    /** Whether the drop's group cannot read what was written last, since we may not give it away to that group. */
    boolean lacksGroup() {
        return lacksGroup;
    }

    void write(To to, String name, Apart.Content content) throws IOException {
        letIn(to);
        try (SecureDirectoryStream<Path> own = own(to)) {
            Path temporary = temporaries.take();
            try {
                write(own, temporary, to, name, content);
            } finally {
                temporaries.add(temporary);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the program ends");
        }
    }

    /**
     * Once for each folder. One that we made has our group, and under a strict umask no rights for others, until here; one of
     * the partner's is left as it is.
     */
    private void letIn(To to) throws IOException {
        PosixFileAttributeView view = to.receipts().getFileAttributeView(PosixFileAttributeView.class);
        PosixFileAttributes found = view.readAttributes();
        if (Objects.equals(found.fileKey(), letIn)) {
            return;
        }
        if (Us.are(found.owner())) {
            if (!found.group().equals(to.group()) && Us.areOf(found.group())) {
                give(view, to.group());
            }
            if (found.permissions().equals(OURS_ALONE) && !mode.folder().equals(OURS_ALONE)) {
                view.setPermissions(mode.folder());
            }
        }
        letIn = found.fileKey();
    }

    /** False if we are no member of the group. */
    private static boolean give(PosixFileAttributeView view, GroupPrincipal group) {
        try {
            view.setGroup(group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private SecureDirectoryStream<Path> own(To to) throws IOException {
        if (!isThere(to.receipts())) {
            make(to.path().resolve(OWN), OURS_ALONE);
        }
        SecureDirectoryStream<Path> own = Folders.open(to.receipts(), OWN);
        boolean isOurs = false;
        try {
            PosixFileAttributes found =
                    own.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
            isOurs = Us.are(found.owner()) && OURS_ALONE.containsAll(found.permissions());
        } finally {
            if (!isOurs) {
                own.close();
            }
        }
        if (!isOurs) {
            String place = to.path().resolve(OWN).toString();
            throw new FileSystemException(
                    place, null, "expected a folder of segment-drop alone at " + place + ", found another; remove it");
        }
        return own;
    }

    /** What has our folder's name and is no folder is removed, never opened. */
    private static boolean isThere(SecureDirectoryStream<Path> receipts) throws IOException {
        try {
            boolean isFolder = receipts.getFileAttributeView(
                            OWN, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
            if (!isFolder) {
                receipts.deleteFile(OWN);
            }
            return isFolder;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(SecureDirectoryStream<Path> own, Path temporary, To to, String name, Apart.Content content)
            throws IOException {
        boolean moved = false;
        try (SeekableByteChannel out = create(own, temporary)) {
            content.transferTo(Channels.newOutputStream(out));
            letRead(
                    own.getFileAttributeView(temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
                    to.group());
            if (out instanceof FileChannel file) {
                file.force(true);
            }
            naming.run(() -> {
                content.require();
                own.move(temporary, to.receipts(), Path.of(name));
            });
            moved = true;
        } finally {
            if (!moved) {
                removeIfThere(own, temporary);
            }
        }
    }

    /** The group first: whoever is in ours is not to read it. */
    private void letRead(PosixFileAttributeView view, GroupPrincipal group) throws IOException {
        boolean isGiven = give(view, group);
        view.setPermissions(mode.file());
        lacksGroup = !isGiven && mode.needsGroup();
    }

    private static SeekableByteChannel create(SecureDirectoryStream<Path> own, Path temporary) throws IOException {
        try {
            return own.newByteChannel(temporary, NEW, OUR_FILE);
        } catch (FileAlreadyExistsException e) {
            // a kill left it behind
            removeIfThere(own, temporary);
            return own.newByteChannel(temporary, NEW, OUR_FILE);
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
