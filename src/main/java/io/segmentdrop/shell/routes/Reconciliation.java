package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger that was restored from a backup up to what the folders say, before anything is checked or sent: an import
 * that ended after the backup is known again from the manifest beside its files and is not sent a second time. Files in
 * custody that the ledger has never heard of are kept as a dead letter of the drop {@code unknown}, since nobody can say
 * whether they were sent.
 */
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String UNKNOWN = "unknown";

    private final Home home;
    private final Disk disk;
    private final Manifests manifests;
    private final InstantSource clock;

    public Reconciliation(Home home, Disk disk, Manifests manifests, InstantSource clock) {
        this.home = home;
        this.disk = disk;
        this.manifests = manifests;
        this.clock = clock;
    }

    /** Looks at what ended after the ledger's newest import, at what it believes open, and at what it does not know. */
    public void run() throws IOException {
        String newest = manifests.newestId().orElse("");
        Set<String> open = manifests.open();
        int adopted = 0;
        for (Path ended : ended(newest)) {
            String id = ended.getFileName().toString();
            boolean wanted = id.compareTo(newest) > 0 || open.contains(id);
            if (wanted && Files.exists(ended.resolve(Home.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
                manifests.adopt(Files.readAllBytes(ended.resolve(Home.MANIFEST)), clock.instant());
                adopted++;
            }
        }
        if (adopted > 0) {
            LOG.warn("The ledger is older than the folders: {} imports are known again from their manifests.", adopted);
        }
        setUnknownAside();
    }

    /** The folders of imports that may have ended after the newest one that the ledger knows was taken, by id. */
    private List<Path> ended(String newest) throws IOException {
        String from = newest.isEmpty() ? "" : ImportIds.time(newest).toString().substring(0, 10);
        List<Path> folders = new ArrayList<>();
        for (Path drop : folders(home.root().resolve("archive"))) {
            for (Path day : folders(drop)) {
                if (day.getFileName().toString().compareTo(from) >= 0) {
                    folders.addAll(folders(day));
                }
            }
        }
        for (Path drop : folders(home.root().resolve("dead-letter"))) {
            folders.addAll(folders(drop));
        }
        folders.sort(Comparator.comparing(Path::getFileName));
        return folders;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
        }
    }

    private void setUnknownAside() throws IOException {
        Path unknown = home.root().resolve("dead-letter").resolve(UNKNOWN);
        for (Path folder : folders(home.root().resolve("work"))) {
            String id = folder.getFileName().toString();
            if (!manifests.knows(id)) {
                disk.makeFolder(unknown);
                disk.replace(folder.resolve(Home.REASON), reason(id));
                disk.rename(folder, unknown.resolve(id));
                disk.forceFolder(unknown);
                LOG.warn("{} is unknown to the ledger; its files are kept in dead-letter/{}.", id, UNKNOWN);
            }
        }
    }

    private static byte[] reason(String id) {
        return """
                {
                  "import" : "%s",
                  "state" : "undeliverable",
                  "cause" : {
                    "code" : "INTERNAL_FAULT",
                    "message" : "expected the ledger to know this import, found nothing; the ledger was probably restored from \
                a backup: find out whether it was sent, then drop it again or remove it"
                  }
                }
                """.formatted(id).getBytes(StandardCharsets.UTF_8);
    }
}
