package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The folders of {@code segment-drop.home} (design, section 4). Names of partners are never part of a path here: files
 * lie under the import's id, by fixed names.
 */
public record Home(Path root) {

    public static final String SOURCE = "source.csv";
    public static final String SIDECAR = "sidecar.json";
    public static final String CLEAN = "clean.csv";
    public static final String REJECTS = "rejects.csv";
    public static final String REASON = "reason.json";
    public static final String MANIFEST = "manifest.json";
    /** Whose files these are, for a ledger that lost its memory; until the manifest says more. */
    public static final String TAKE = "take.json";

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the folders that every home has. */
    public void prepare(Disk disk) throws IOException {
        for (String name : new String[] {"work", "archive", "dead-letter", "spool"}) {
            disk.makeFolder(root.resolve(name));
        }
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
