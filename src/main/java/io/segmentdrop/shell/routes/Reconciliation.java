package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.TakeNote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger that was restored from a backup up to what the folders say, before anything is checked or sent: an import
 * that ended after the backup is known again from the manifest beside its files and is not sent a second time. Files in
 * custody that the ledger has never heard of become dead letters of their drop, since nobody can say whether they were sent.
 */
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String UNKNOWN = "unknown";
    private static final String SENTENCE = Code.LEDGER_UNKNOWN.meaning() + "; " + Code.LEDGER_UNKNOWN.remedy();

    /** A clock that was set back since has put what ended later into the folder of an earlier day. */
    private static final Duration SET_BACK = Duration.ofDays(7);

    private final Home home;
    private final Manifests manifests;
    private final Imports imports;
    private final InstantSource clock;

    public Reconciliation(Home home, Manifests manifests, Imports imports, InstantSource clock) {
        this.home = home;
        this.manifests = manifests;
        this.imports = imports;
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
            adopted += wanted && adopt(ended, true) ? 1 : 0;
        }
        for (Path ending : unknown(home.root().resolve("work"))) {
            // it had ended and was about to be put away
            adopted += adopt(ending, false) ? 1 : 0;
        }
        if (adopted > 0) {
            LOG.warn("The ledger is older than the folders: {} imports are known again from their manifests.", adopted);
        }
        takeInUnknown();
    }

    private boolean adopt(Path folder, boolean putAway) throws IOException {
        boolean isThere = Disk.isThere(folder.resolve(Home.MANIFEST));
        if (isThere) {
            manifests.adopt(read(folder.resolve(Home.MANIFEST)), putAway, clock.instant());
        }
        return isThere;
    }

    /** The folders of imports that may have ended after the newest one that the ledger knows was taken, by id. */
    private List<Path> ended(String newest) throws IOException {
        String from = newest.isEmpty()
                ? ""
                : ImportIds.time(newest).minus(SET_BACK).toString().substring(0, 10);
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
            return inside.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** They become dead letters like others: shown, told to their partners, and replayed when a person has looked. */
    private void takeInUnknown() throws IOException {
        List<Path> unknown = new ArrayList<>(unknown(home.root().resolve("work")));
        // where an earlier version has set them aside
        unknown.addAll(unknown(home.root().resolve("dead-letter").resolve(UNKNOWN)));
        for (Path folder : unknown) {
            String id = folder.getFileName().toString();
            manifests.adoptUnknown(id, note(folder));
            imports.change(id, ImportState.UNDELIVERABLE, Code.LEDGER_UNKNOWN, SENTENCE, Imports.SELF, clock.instant());
        }
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "The ledger does not know {} imports whose files are here; they may have been sent, and are dead"
                            + " letters with {} until a person has looked.",
                    unknown.size(),
                    Code.LEDGER_UNKNOWN);
        }
    }

    private List<Path> unknown(Path above) throws IOException {
        return Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)
                ? folders(above).stream()
                        .filter(folder -> ImportIds.isId(folder.getFileName().toString()))
                        .filter(folder -> !manifests.knows(folder.getFileName().toString()))
                        .sorted(Comparator.comparing(Path::getFileName))
                        .toList()
                : List.of();
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Opener.stream(file)) {
            return in.readAllBytes();
        }
    }

    private static TakeNote note(Path folder) throws IOException {
        Path note = folder.resolve(Home.TAKE);
        Optional<TakeNote> found = Disk.isThere(note) ? TakeNote.of(read(note)) : Optional.empty();
        return found.orElseGet(() -> new TakeNote(UNKNOWN, folder.getFileName() + ".csv", List.of(), null));
    }
}
