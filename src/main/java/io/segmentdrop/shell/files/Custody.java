package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.split.Digests;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files of a pair out of a drop into {@code work/<import-id>/}, and does it once whatever happens.
 *
 * <p>Promise: the ledger knows of the take before this is called. Each file is forced to disk, then renamed (or, between
 * file systems, copied, compared and only then removed); both folders are forced before the ledger hears that it is done:
 * that of the import by each take, the drop once for as many as were taken together, since until then the ledger knows them
 * as begun, and goes on with them. Called again after a kill at any point it goes on where it stopped. Links and pipes are never
 * opened: their entry is removed, and a note in custody says so.
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
        /** Some are; the others are gone or changed since the take was decided, and were left as they are. */
        IN_PART,
        /** Nothing is in custody and nothing was changed: the files in the drop are gone or are others by now. */
        UNDONE
    }

    private static final int BUFFER = 1 << 18;
    private static final int SMALLEST_BUFFER = 1 << 10;

    private final Disk disk;

    public Custody(Disk disk) {
        this.disk = disk;
    }

    /** Makes the folders of several takes, which lie in one, before the first of them; left out, each take makes its own. */
    public void prepare(Path above, List<Path> works) throws IOException {
        disk.makeFolders(above, works);
    }

    /** Takes the files, or goes on taking them. The ledger may hear of it when {@link #leave} has returned. */
    public Result take(Path drop, Path work, List<Item> items) throws IOException {
        boolean begun = items.stream().anyMatch(item -> isTaken(work, item));
        if (!begun && !areAllAsSeen(drop, items)) {
            undo(work, items);
            return Result.UNDONE;
        }
        disk.makeFolder(work);
        for (Item item : items) {
            take(drop.resolve(item.name()), work.resolve(item.as()), item.mark());
            CrashPoint.TAKE_ONE_MOVED.hit();
        }
        disk.forceFolder(work);
        return items.stream().allMatch(item -> isTaken(work, item)) ? Result.TAKEN : Result.IN_PART;
    }

    /** Writes a note beside what was taken. Nothing relies on it, so it is not forced to disk. */
    public void note(Path file, byte[] bytes) throws IOException {
        if (Disk.isThere(file)) {
            // of a take that was cut off
            disk.remove(file);
        }
        try (OutputStream out = disk.create(file)) {
            out.write(bytes);
        }
    }

    /** Makes it last that the files of one take or of many are gone from the drop. */
    public void leave(Path drop) throws IOException {
        disk.forceFolder(drop);
    }

    private static boolean isTaken(Path work, Item item) {
        Path to = work.resolve(item.as());
        return Disk.isThere(to) || Disk.isThere(note(to));
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

    private void undo(Path work, List<Item> items) throws IOException {
        for (Item item : items) {
            disk.remove(unfinished(work.resolve(item.as())));
        }
        disk.remove(work);
    }

    private void take(Path from, Path to, String mark) throws IOException {
        if (!isAsSeen(from, mark)) {
            return;
        }
        if (Disk.isThere(to) || Disk.isThere(note(to))) {
            // a kill came before the original or the entry was removed
            disk.remove(from);
        } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            move(from, to, mark);
        } else {
            remove(from, note(to));
        }
    }

    private void move(Path from, Path to, String mark) throws IOException {
        disk.forceFile(from);
        try {
            disk.rename(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, to, mark);
            disk.remove(from);
        }
    }

    private void copy(Path from, Path to, String mark) throws IOException {
        Path copy = unfinished(to);
        disk.remove(copy);
        byte[] written;
        try (InputStream in = open(from);
                OutputStream out = disk.create(copy)) {
            DigestInputStream hashed = new DigestInputStream(in, Digests.sha256());
            hashed.transferTo(out);
            written = hashed.getMessageDigest().digest();
        }
        disk.forceFile(copy);
        if (!MessageDigest.isEqual(written, hash(copy))) {
            throw new IOException("expected the copy to equal its original, found other bytes; it is tried again");
        }
        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
        if (!isAsSeen(from, mark)) {
            throw new IOException("expected the file to stay as it was, found it changed while it was copied");
        }
        disk.rename(copy, to);
        disk.forceFolder(Objects.requireNonNull(to.getParent()));
    }

    private static Path unfinished(Path to) {
        return to.resolveSibling("." + to.getFileName() + ".part");
    }

    /** The note is there before the entry is gone, so that a kill in between leaves a trace of the take. */
    private void remove(Path entry, Path note) throws IOException {
        disk.replace(
                note, "The entry in the drop was no regular file. It was removed and never opened.\n".getBytes(UTF_8));
        disk.remove(entry);
    }

    private static Path note(Path to) {
        return to.resolveSibling(to.getFileName() + ".removed");
    }

    /** Opens a file without following a link. */
    public static InputStream open(Path file) throws IOException {
        return Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    static byte[] hash(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = open(file)) {
            byte[] buffer = new byte[Math.clamp(Files.size(file), SMALLEST_BUFFER, BUFFER)];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return digest.digest();
    }

    /** The SHA-256 of a file in lower-case hexadecimal; null if it cannot be read. */
    public static @Nullable String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(hash(file));
        } catch (IOException e) {
            return null;
        }
    }
}
