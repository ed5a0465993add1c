package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Removes folders of imports that have ended. Promise: a folder is renamed first, so that a reader finds it whole or not at
 * all; its manifest goes first, so that a ledger from a backup does not adopt half of it; what a kill leaves is found again
 * by {@link #begun}. No link is followed: a link is removed, never what it points to.
 */
public final class Removal {

    private static final String MARK = ".removed-";

    private final Disk disk;

    public Removal(Disk disk) {
        this.disk = disk;
    }

    /** The real folders in this one, by name; none if it is missing. Those whose removal was begun are left out. */
    public static List<Path> folders(Path folder) throws IOException {
        return list(folder).stream()
                .filter(path -> !name(path).startsWith(MARK))
                .toList();
    }

    /** The folders in this one whose removal was begun by an earlier run. */
    public static List<Path> begun(Path folder) throws IOException {
        return list(folder).stream().filter(path -> name(path).startsWith(MARK)).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        folders.sort(null);
        return folders;
    }

    /** The import's id that a folder bears, also once its removal was begun. */
    public static String id(Path folder) {
        return name(folder).replace(MARK, "");
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /**
     * Removes one import's folder, or goes on with its removal.
     *
     * @param last what is to be done when the files are gone and before the folder is; it is done again after a kill
     */
    public void remove(Path folder, Runnable last) throws IOException {
        Path marked = folder.resolveSibling(MARK + id(folder));
        Path above = Objects.requireNonNull(folder.getParent());
        if (!folder.equals(marked)) {
            disk.rename(folder, marked);
            disk.forceFolder(above);
        }
        disk.remove(marked.resolve(Home.MANIFEST));
        empty(marked);
        last.run();
        disk.remove(marked);
        disk.forceFolder(above);
    }

    private void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    empty(entry);
                }
                disk.remove(entry);
            }
        }
    }

    /** Removes a folder if nothing is in it. */
    public void removeIfEmpty(Path folder) throws IOException {
        try {
            disk.remove(folder);
        } catch (DirectoryNotEmptyException e) {
            // it goes with the last of what is in it
        }
    }
}
