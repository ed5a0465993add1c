package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of {@code segment-drop.home} (design, section 4). Names of partners are never part of a path here: files
 * lie under the import's id, by fixed names.
 *
 * <p>Promise: once {@link #prepare prepared}, nobody but us (and root) can reach anything in it.
 */
public record Home(Path root) {

    /** The home cannot be made ours alone. */
    public static final class Refused extends IOException {

        Refused(String message) {
            super(message);
        }
    }

    public static final String SOURCE = "source.csv";
    public static final String SIDECAR = "sidecar.json";
    public static final String CLEAN = "clean.csv";
    public static final String REJECTS = "rejects.csv";
    public static final String REASON = "reason.json";
    public static final String MANIFEST = "manifest.json";
    /** Whose files these are, for a ledger that lost its memory; until the manifest says more. */
    public static final String TAKE = "take.json";

    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the home, ours alone, and the folders that every home has. */
    public void prepare(Disk disk) throws IOException {
        disk.makeFolder(root);
        requireOurs();
        for (String name : new String[] {"work", "archive", "dead-letter", "spool"}) {
            disk.makeFolder(root.resolve(name));
        }
    }

    /** What was made by hand, or by an earlier version, may be open to others: it is closed if we own it. */
    private void requireOurs() throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(root);
        if (OURS_ALONE.containsAll(found)) {
            return;
        }
        boolean isClosed = Us.own(root);
        if (isClosed) {
            Files.setPosixFilePermissions(root, OURS_ALONE);
            isClosed = OURS_ALONE.containsAll(Files.getPosixFilePermissions(root));
        }
        String rights = PosixFilePermissions.toString(found);
        if (!isClosed) {
            throw new Refused("expected the home " + root + " to be of segment-drop's user alone (rwx------), found "
                    + rights + " of " + Files.getOwner(root).getName()
                    + "; make that user its owner, or let segment-drop.home name a folder inside it, which is"
                    + " then made");
        }
        LOG.warn("The home {} was open to others ({}); now it is segment-drop's alone (rwx------).", root, rights);
    }

    /** Where an import's files lie until it has ended. */
    public Path work(String importId) {
        return root.resolve("work").resolve(importId);
    }

    /**
     * The file in an import's folder that its chunks are ranges of: the clean file if the check had to write one, else the
     * source itself. The plan knows its size and time of change; whoever sends from it holds it against them.
     */
    public static Path sent(Path folder) {
        Path clean = folder.resolve(CLEAN);
        return Disk.isThere(clean) ? clean : folder.resolve(SOURCE);
    }

    /** Where an SFTP drop is mirrored. */
    public Path spool(String drop) {
        return root.resolve("spool").resolve(drop);
    }
}
