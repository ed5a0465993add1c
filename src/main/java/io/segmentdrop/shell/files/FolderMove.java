package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Moves a folder of plain files whole: by one rename, or, to another file system, by a copy that gets its name when it is
 * complete and on disk. Called again after a kill at any point it goes on; the files are at one place at least, always.
 */
public final class FolderMove {

    private final Disk disk;

    public FolderMove(Disk disk) {
        this.disk = disk;
    }

    /** Moves the folder; does nothing if it was moved before. Both parents are forced. */
    public void move(Path from, Path to) throws IOException {
        Path above = Objects.requireNonNull(to.getParent());
        if (isFolder(from)) {
            disk.makeFolder(above);
            if (isFolder(to)) {
                // only a complete copy has this name: a kill came before its original was removed
                clear(from);
            } else {
                rename(from, to);
            }
        }
        // also if an earlier run moved it and could not force it
        disk.forceFolder(above);
        disk.forceFolder(Objects.requireNonNull(from.getParent()));
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void rename(Path from, Path to) throws IOException {
        try {
            disk.rename(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, to);
            clear(from);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        Path unfinished = to.resolveSibling("." + to.getFileName() + ".part");
        clear(unfinished);
        disk.makeFolder(unfinished);
        for (Path file : files(from)) {
            // a link or a pipe that an older release took has nothing to keep
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                copyFile(file, unfinished.resolve(file.getFileName().toString()));
            }
        }
        disk.forceFolder(unfinished);
        disk.rename(unfinished, to);
        disk.forceFolder(Objects.requireNonNull(to.getParent()));
    }

    private void copyFile(Path file, Path copy) throws IOException {
        try (Opener.Opened original = Opener.open(file)) {
            Copying.copy(original, copy, disk);
        }
    }

    private void clear(Path folder) throws IOException {
        if (isFolder(folder)) {
            for (Path file : files(folder)) {
                disk.remove(file);
            }
            disk.remove(folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
