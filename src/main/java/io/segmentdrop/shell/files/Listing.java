package io.segmentdrop.shell.files;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.drop.Pairing;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a folder holds, as far as it is looked at: names are read one by one, and what cannot be part of a pair by its name
 * alone is counted and forgotten, so that neither time nor memory grows with what somebody drops.
 *
 * @param entries in no order; entries that vanish meanwhile are left out
 * @param others how many names are none of our business
 * @param whole false if there is more than was looked at
 */
public record Listing(List<Entry> entries, int others, boolean whole) {

    /** So many more names are read than entries looked at: a name alone costs little. */
    private static final int NAMES = 10;

    /** So long are their names on average at most; they may have 255 bytes each. */
    private static final int LETTERS = 40;

    /**
     * Lists a folder.
     *
     * @param most how many entries are looked at
     * @param known the entry of an earlier look in place of one that equals it, so that a full folder is kept once
     */
    static Listing of(Path folder, int most, UnaryOperator<Entry> known) throws IOException {
        List<Entry> entries = new ArrayList<>();
        int others = 0;
        long letters = 0;
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(Opener.folder(folder))) {
            for (Path path : paths) {
                String name = String.valueOf(path.getFileName());
                if (Pairing.isOwnFolder(name)) {
                    continue;
                }
                boolean wanted = Names.mayBePartOfAPair(name);
                boolean full = entries.size() == most || letters > (long) most * LETTERS;
                if (wanted ? full : others == most * NAMES) {
                    return new Listing(entries, others, false);
                }
                if (wanted) {
                    entry(path, name).map(known).ifPresent(entries::add);
                    letters += name.length();
                } else {
                    others++;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Listing(entries, others, true);
    }

    private static Optional<Entry> entry(Path path, String name) throws IOException {
        return Seen.of(path)
                .map(seen -> new Entry(
                        name,
                        kind(seen),
                        seen.size(),
                        seen.mtimeNanos(),
                        seen.inode(),
                        seen.links(),
                        seen.ctimeMillis()));
    }

    private static Entry.Kind kind(Seen seen) {
        if (seen.is("isSymbolicLink")) {
            return Entry.Kind.LINK;
        }
        if (seen.is("isDirectory")) {
            return Entry.Kind.DIRECTORY;
        }
        return seen.is("isRegularFile") ? Entry.Kind.FILE : Entry.Kind.OTHER;
    }
}
