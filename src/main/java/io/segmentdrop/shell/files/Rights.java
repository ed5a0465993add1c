package io.segmentdrop.shell.files;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether we may take what lies in a folder: read each file, and remove its name. Asked of the system before anything is
 * moved, without opening a file. What it says of the folder is as things were when it was made.
 */
public final class Rights {

    private static final int STICKY = 01000;

    private final Path folder;
    private final Disk disk;
    private final Optional<String> ofFolder;
    private final boolean isSticky;

    Rights(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.isSticky = ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
        this.ofFolder = disk.mayChange(folder)
                ? Optional.empty()
                : Optional.of("expected the right to write in the folder " + folder + ", found " + found(folder));
    }

    /** The right that we lack in the folder itself, in a clause; empty if none. */
    public Optional<String> lacking() {
        return ofFolder;
    }

    /** The right that we lack for these, which are taken together, in a clause; empty if none. */
    public Optional<String> lacking(Collection<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            Optional<String> lacking = lacking(entry);
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        return ofFolder;
    }

    private Optional<String> lacking(Entry entry) throws IOException {
        Path file = folder.resolve(entry.name());
        try {
            // what is no regular file is removed unopened
            if (entry.isFile() && !disk.mayRead(file)) {
                return Optional.of(
                        "expected the right to read " + Names.shown(entry.name()) + ", found " + found(file));
            }
            return isSticky && !Us.mayRemoveFromSticky(folder, file)
                    ? Optional.of("expected the right to remove " + Names.shown(entry.name())
                            + ", found a folder (with the sticky bit) in which only its owner may")
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // gone since it was listed, which is for the take to find
            return Optional.empty();
        }
    }

    private static String found(Path path) throws IOException {
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return PosixFilePermissions.toString(found.permissions()) + " of "
                + found.owner().getName() + ":" + found.group().getName()
                + (Files.getFileStore(path).isReadOnly() ? " on a file system that is mounted read-only" : "");
    }
}
