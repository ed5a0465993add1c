package io.segmentdrop.shell.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The few calls that change the disk, in one place: what they promise is written here, and a test that wants a trace of
 * them, or wants one of them to fail, overrides them.
 *
 * <p>A change of a folder's entries survives a power cut only after {@link #forceFolder}, a file's bytes only after
 * {@link #forceFile}; nothing here does that by itself unless it says so.
 */
public class Disk {

    private static final FileAttribute<?> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OUR_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Forces forces = new Forces(Disk::forceAlone);

    /** Makes a folder (0700) and those above it; no harm if it is there. Forces the folder above. */
    public void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            makeFolder(above);
        }
        try {
            Files.createDirectory(folder, OURS_ALONE);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (above != null) {
            forceFolder(above);
        }
    }

    /** Makes folders (0700) in one that is there, and forces that one once; no harm if some are there. */
    public void makeFolders(Path above, List<Path> folders) throws IOException {
        boolean any = false;
        for (Path folder : folders) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, OURS_ALONE);
                any = true;
            }
        }
        if (any) {
            forceFolder(above);
        }
    }

    /** Makes the file's bytes survive a power cut. */
    public void forceFile(Path file) throws IOException {
        try (FileChannel channel = Opener.file(file)) {
            channel.force(true);
        }
    }

    /** Makes the folder's entries survive a power cut; of those who ask for the same folder at once, one does it for all. */
    public void forceFolder(Path folder) throws IOException {
        forces.force(folder);
    }

    private static void forceAlone(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(Opener.folder(folder), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Whether something has this name, be it a link that leads nowhere. {@link Files#exists} says the same, but where the
     * answer is no it makes an exception with a trace of the stack, which costs more than the look.
     */
    public static boolean isThere(Path path) {
        return Files.isSymbolicLink(path) || Files.exists(path);
    }

    /** Whether the system lets us read a file; asked without opening it. */
    public boolean mayRead(Path file) {
        return Files.isReadable(file);
    }

    /** Whether the system lets us look up, make and remove names in a folder. */
    public boolean mayChange(Path folder) {
        return Files.isWritable(folder) && Files.isExecutable(folder);
    }

    /** How many bytes the folder's file system has. */
    public long size(Path folder) throws IOException {
        return Files.getFileStore(folder).getTotalSpace();
    }

    /** How many bytes are free for us on the folder's file system. */
    public long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /**
     * Renames within one file system, never over something that is there.
     *
     * @throws AtomicMoveNotSupportedException if the two are on different file systems
     */
    public void rename(Path from, Path to) throws IOException {
        if (isThere(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Opens a new file for writing, 0600; fails if it is there. */
    public OutputStream create(Path file) throws IOException {
        return Channels.newOutputStream(
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OUR_FILE));
    }

    /** Removes a file or link, never what it points to; no harm if it is gone. */
    public void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Writes a small file into a folder that nobody reads yet, and forces its bytes; what was left of it before is removed.
     * Its name is durable when the folder is forced, which is left to the caller.
     */
    public void writeAnew(Path file, byte[] bytes) throws IOException {
        if (isThere(file)) {
            remove(file);
        }
        try (OutputStream out = create(file)) {
            out.write(bytes);
        }
        forceFile(file);
    }

    /** Writes a small file whole: to a temporary name, forced, renamed over an older one, the folder forced. */
    public void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        remove(temporary);
        try (OutputStream out = create(temporary)) {
            out.write(bytes);
        }
        forceFile(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
}
