package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.split.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files of a pair out of a drop into {@code work/<import-id>/}, and does it once whatever happens.
 *
 * <p>Promise: the ledger knows of the take before this is called. Each file is renamed first (or, between file systems, copied
 * from what was looked at, compared and only then removed) and looked at again where nobody else can exchange it any more, then
 * fsynced; both folders are fsynced before the ledger hears that it is done: that of the import by each take, the drop once for
 * as many as were taken together, since until then the ledger knows them as begun, and goes on with them. Called again after a
 * kill at any point it goes on where it stopped. Links, pipes and devices are never opened: their entry is removed, and a note
 * in custody says so; a folder goes back to where it was.
 */
public final class Custody {

    /**
     * One file to take.
     *
     * @param name its name in the drop, one plain path segment
     * @param mark the {@link Mark#text} it had when the take was decided
     * @param as its name in our custody
     */
    public record Item(String name, String mark, String as) {

        Mark decided() {
            return Mark.parse(mark);
        }
    }

    /** What became of a take; of several, what comes last here counts. */
    public enum Result {
        /** Every file is in custody. */
        TAKEN,
        /** Some are; the others are gone or changed since the take was decided, and were left as they are. */
        IN_PART,
        /** What came into custody is a file, but another one than was decided on, or not of that size. */
        CHANGED,
        /** What came into custody has a second name elsewhere. */
        LINKED,
        /** What came into custody may not be read by us. */
        UNREADABLE,
        /** What came was no regular file, and was not opened. */
        NO_FILE,
        /** Nothing is in custody and nothing was changed: the files in the drop are gone or are others by now. */
        UNDONE
    }

    private static final int BUFFER = 1 << 18;
    private static final int SMALLEST_BUFFER = 1 << 10;

    private static final byte[] REMOVED =
            "The entry in the drop was no regular file. It was removed and never opened.\n".getBytes(UTF_8);
    private static final byte[] PUT_BACK =
            "The entry in the drop was a folder. It was put back and never opened.\n".getBytes(UTF_8);

    /** Copies a file that cannot be renamed into the home. */
    @FunctionalInterface
    interface Copier {

        /**
         * Copies one file.
         *
         * @param drop the folder in which it lies
         */
        void copy(Path drop, Opener.Opened original, Path copy) throws IOException;
    }

    private final Disk disk;
    private final Copier copier;

    public Custody(Disk disk, Copies copies) {
        this(disk, (Copier) copies);
    }

    /** Copies whatever there is room for. */
    Custody(Disk disk) {
        this(disk, (Copier) (drop, original, copy) -> Copying.copy(original, copy, disk));
    }

    private Custody(Disk disk, Copier copier) {
        this.disk = disk;
        this.copier = copier;
    }

    /** Makes the folders of several takes, which lie in one, before the first of them; left out, each take makes its own. */
    public void prepare(Path above, List<Path> works) throws IOException {
        disk.makeFolders(above, works);
    }

    /** Takes the files, or goes on taking them. The ledger may hear of it when {@link #leave} has returned. */
    public Result take(Path drop, Path work, List<Item> items) throws IOException {
        boolean begun = items.stream().anyMatch(item -> isTaken(work.resolve(item.as())));
        if (!begun && !areAllAsSeen(drop, items)) {
            undo(work, items);
            return Result.UNDONE;
        }
        disk.makeFolder(work);
        Result worst = Result.TAKEN;
        for (Item item : items) {
            Result one = take(drop.resolve(item.name()), work.resolve(item.as()), item.decided());
            worst = one.compareTo(worst) > 0 ? one : worst;
            CrashPoint.TAKE_ONE_MOVED.hit();
        }
        disk.forceFolder(work);
        return worst;
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

    private static boolean isTaken(Path to) {
        return Disk.isThere(to) || Disk.isThere(note(to));
    }

    private static boolean areAllAsSeen(Path drop, List<Item> items) throws IOException {
        for (Item item : items) {
            if (!item.decided().isStill(drop.resolve(item.name()))) {
                return false;
            }
        }
        return true;
    }

    private void undo(Path work, List<Item> items) throws IOException {
        for (Item item : items) {
            disk.remove(unfinished(work.resolve(item.as())));
        }
        disk.remove(work);
    }

    private Result take(Path from, Path to, Mark decided) throws IOException {
        if (isTaken(to)) {
            if (decided.isStill(from)) {
                // a kill came before the original or the entry was removed
                disk.remove(from);
            }
            return look(from, to, decided, false);
        }
        if (!decided.isStill(from)) {
            return Result.IN_PART;
        }
        try {
            disk.rename(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            return copy(from, to, decided);
        }
        return look(from, to, decided, true);
    }

    /**
     * What came into custody, where nobody can exchange it any more.
     *
     * @param fresh whether it was renamed just now: a copy, or a home that was copied since, has another identity
     */
    private Result look(Path from, Path to, Mark decided, boolean fresh) throws IOException {
        Optional<Seen> found = Seen.of(to);
        if (found.isEmpty()) {
            return Result.NO_FILE;
        }
        Seen seen = found.get();
        if (!seen.isFile()) {
            refuse(from, to, seen);
            return Result.NO_FILE;
        }
        try {
            disk.forceFile(to);
        } catch (AccessDeniedException e) {
            return Result.UNREADABLE;
        }
        if (seen.links() > 1) {
            return Result.LINKED;
        }
        boolean same = seen.size() == decided.size() && (!fresh || seen.inode().equals(decided.identity()));
        return same ? Result.TAKEN : Result.CHANGED;
    }

    /** The note is there before the entry is gone, so that a kill in between leaves a trace of the take. */
    private void refuse(Path from, Path to, Seen seen) throws IOException {
        if (!seen.is("isDirectory")) {
            disk.replace(note(to), REMOVED);
            disk.remove(to);
            return;
        }
        disk.replace(note(to), PUT_BACK);
        try {
            disk.rename(to, from);
        } catch (FileSystemException e) {
            // its name is taken by now
            disk.rename(to, from.resolveSibling("." + from.getFileName() + "." + name(to.getParent())));
        }
    }

    private Result copy(Path from, Path to, Mark decided) throws IOException {
        Path copy = unfinished(to);
        disk.remove(copy);
        int links;
        try (Opener.Opened original = Opener.open(from)) {
            if (!decided.equals(original.seen().mark())) {
                throw changed();
            }
            links = original.seen().links();
            copier.copy(Objects.requireNonNull(from.getParent()), original, copy);
        } catch (Opener.NoRegularFile e) {
            return leaveOut(from, to);
        }
        if (!decided.isStill(from)) {
            throw changed();
        }
        disk.rename(copy, to);
        disk.forceFolder(Objects.requireNonNull(to.getParent()));
        disk.remove(from);
        return links > 1 ? Result.LINKED : Result.TAKEN;
    }

    private Result leaveOut(Path from, Path to) throws IOException {
        disk.replace(note(to), REMOVED);
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            disk.remove(from);
        }
        return Result.NO_FILE;
    }

    private static IOException changed() {
        return new IOException("expected the file to stay as it was, found it changed while it was copied");
    }

    private static Path unfinished(Path to) {
        return to.resolveSibling("." + to.getFileName() + ".part");
    }

    private static Path note(Path to) {
        return to.resolveSibling(to.getFileName() + ".removed");
    }

    private static String name(@Nullable Path path) {
        return String.valueOf(path == null ? null : path.getFileName());
    }

    static byte[] hash(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (Opener.Opened opened = Opener.open(file)) {
            InputStream in = opened.stream();
            byte[] buffer = new byte[Math.clamp(opened.seen().size(), SMALLEST_BUFFER, BUFFER)];
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
