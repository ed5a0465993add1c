package io.segmentdrop.shell.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files of a pair out of a drop into {@code work/<import-id>/}, and does it once whatever happens.
 *
 * <p>Promise: the ledger knows of the take before this is called. Each file is forced to disk, then renamed (or, between
 * file systems, copied, compared and only then removed); both folders are forced before this returns. Called again after
 * a kill at any point it goes on where it stopped. Links and pipes are never opened: their entry is removed, nothing else.
 */
public final class Custody {

    /**
     * One file to take.
     *
     * @param name its name in the drop, one plain path segment
     * @param mark the {@link Mark#text} it had when the take was decided
     * @param as its name in our custody
     */
    public record Item(String name, String mark, String as) {}

    /** What became of a take. */
    public enum Result {
        /** Every file is in custody. */
        TAKEN,
        /** Nothing is in custody and nothing was changed: the files in the drop are gone or are others by now. */
        UNDONE
    }

    private final Disk disk;

    public Custody(Disk disk) {
        this.disk = disk;
    }

    /** Takes the files, or goes on taking them. */
    public Result take(Path drop, Path work, List<Item> items) throws IOException {
        boolean begun = Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS) && isAnyThere(work, items);
        if (!begun && !areAllAsSeen(drop, items)) {
            disk.remove(work);
            return Result.UNDONE;
        }
        disk.makeFolder(work);
        for (Item item : items) {
            take(drop.resolve(item.name()), work.resolve(item.as()), item.mark());
            CrashPoint.TAKE_ONE_MOVED.hit();
        }
        disk.forceFolder(work);
        disk.forceFolder(drop);
        return Result.TAKEN;
    }

    private static boolean isAnyThere(Path work, List<Item> items) {
        return items.stream().anyMatch(item -> Files.exists(work.resolve(item.as()), LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean areAllAsSeen(Path drop, List<Item> items) throws IOException {
        for (Item item : items) {
            if (!isAsSeen(drop.resolve(item.name()), item.mark())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsSeen(Path file, String mark) throws IOException {
        Optional<Mark> now = Mark.of(file);
        return now.isPresent() && now.get().text().equals(mark);
    }

    private void take(Path from, Path to, String mark) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            // taken before a kill; a copy may have left its original behind
            if (isAsSeen(from, mark)) {
                disk.remove(from);
            }
            return;
        }
        if (!isAsSeen(from, mark)) {
            return;
        }
        if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            disk.remove(from);
            return;
        }
        disk.forceFile(from);
        try {
            disk.rename(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, to);
            disk.remove(from);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        Path temporary = to.resolveSibling("." + to.getFileName() + ".part");
        disk.remove(temporary);
        byte[] written;
        try (InputStream in = open(from);
                OutputStream out = disk.create(temporary)) {
            DigestInputStream hashed = new DigestInputStream(in, sha256());
            hashed.transferTo(out);
            written = hashed.getMessageDigest().digest();
        }
        disk.forceFile(temporary);
        if (!MessageDigest.isEqual(written, hash(temporary))) {
            disk.remove(temporary);
            throw new IOException("expected the copy to equal its original, found other bytes; it is tried again");
        }
        Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
        disk.rename(temporary, to);
        disk.forceFolder(Objects.requireNonNull(to.getParent()));
    }

    /** Opens a file without following a link. */
    public static InputStream open(Path file) throws IOException {
        return Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    private static byte[] hash(Path file) throws IOException {
        try (InputStream in = open(file)) {
            DigestInputStream hashed = new DigestInputStream(in, sha256());
            hashed.transferTo(OutputStream.nullOutputStream());
            return hashed.getMessageDigest().digest();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The SHA-256 of a file in lower-case hexadecimal; null if it cannot be read. */
    public static @Nullable String sha256(Path file) {
        try {
            return java.util.HexFormat.of().formatHex(hash(file));
        } catch (IOException e) {
            return null;
        }
    }
}
