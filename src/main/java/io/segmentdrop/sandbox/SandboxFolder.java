package io.segmentdrop.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's own folder, emptied at each start. Only a folder that is missing, empty or bears the sandbox's marker
 * is touched; links are removed, never followed. While it is in use its marker is locked, so that a second sandbox does
 * not empty it.
 */
final class SandboxFolder implements AutoCloseable {

    /** The file by which a sandbox knows its own folder. */
    static final String MARKER = ".segment-drop-sandbox";

    private final Path folder;
    private final FileChannel marker;

    private SandboxFolder(Path folder, FileChannel marker) {
        this.folder = folder;
        this.marker = marker;
    }

    /**
     * Takes the folder and empties it.
     *
     * @throws IllegalStateException if it is not the sandbox's own, or another sandbox uses it
     */
    static SandboxFolder emptied(Path folder) throws IOException {
        requireOwn(folder);
        Files.createDirectories(folder);
        SandboxFolder taken = new SandboxFolder(folder, lockedMarker(folder));
        taken.empty();
        return taken;
    }

    /** A folder inside, made if it is missing. */
    Path make(String relative) throws IOException {
        return Files.createDirectories(folder.resolve(relative));
    }

    /** Gives the folder back; its files stay to be looked at. */
    @Override
    public void close() throws IOException {
        marker.close();
    }

    private static void requireOwn(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean plain = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (!plain || !(isEmpty(folder) || Files.isRegularFile(folder.resolve(MARKER), LinkOption.NOFOLLOW_LINKS))) {
            throw new IllegalStateException("expected " + folder
                    + " to be missing, empty or a sandbox's own folder (with "
                    + MARKER + " in it), since the sandbox empties it, found " + (plain ? "other files" : "no folder")
                    + "; name another folder with sandbox.folder");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static FileChannel lockedMarker(Path folder) throws IOException {
        FileChannel marker = FileChannel.open(
                folder.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (lock(marker) == null) {
            marker.close();
            throw new IllegalStateException("expected " + folder
                    + " to be free, found another sandbox that uses it; end that one, or name another folder with"
                    + " sandbox.folder");
        }
        return marker;
    }

    private static @Nullable FileLock lock(FileChannel marker) throws IOException {
        try {
            return marker.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private void empty() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(folder.resolve(MARKER))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault) throws IOException {
                if (fault != null) {
                    throw fault;
                }
                if (!directory.equals(folder)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
