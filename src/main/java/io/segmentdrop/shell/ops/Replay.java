package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerJson;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.ledger.TakeNote;
import io.segmentdrop.shell.routes.Lanes;
import io.segmentdrop.shell.routes.LogFields;
import io.segmentdrop.shell.routes.SettleStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays: a new import of the files that an earlier one left in archive or dead-letter. Promise: recorded before a file
 * is copied; after a kill at any point it is finished, or undone at the next start; asked for twice, it is made once.
 */
public final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Set<String> OF_ITS_OWN = Set.of(Home.REASON, Home.MANIFEST, Home.TAKE);
    private static final Set<String> OF_A_CHECK = Set.of(Home.CLEAN, Home.REJECTS);

    private final Replays replays;
    private final Imports imports;
    private final Lanes lanes;
    private final ImportIds ids;
    private final Home home;
    private final Disk disk;
    private final InstantSource clock;

    public Replay(
            Replays replays, Imports imports, Lanes lanes, ImportIds ids, Home home, Disk disk, InstantSource clock) {
        this.replays = replays;
        this.imports = imports;
        this.lanes = lanes;
        this.ids = ids;
        this.home = home;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Replays an import that has ended.
     *
     * @param confirmed as {@link Replays#ask} has it
     * @throws UncheckedIOException if the files cannot be copied; nothing is left of the replay then
     */
    public synchronized Decision of(String id, Replays.What what, Set<String> confirmed, String actor) {
        return switch (replays.ask(id, what, confirmed)) {
            case Replays.Answer.Settled settled -> settled.decision();
            case Replays.Answer.Make make -> make(make, actor);
        };
    }

    private Decision make(Replays.Answer.Make make, String actor) {
        Path from = SettleStage.place(home, make.original());
        if (!isThere(make, from)) {
            return new Decision.Refused("its files in " + home.root().relativize(from), "none", "drop the pair again");
        }
        String id = ids.next();
        replays.begin(make, id, lane(make.original()), clock.instant());
        LogFields fields = LogFields.of(id, make.original().dropName());
        try {
            copy(from, home.work(id), make.checksAnew() ? OF_A_CHECK : Set.of());
            note(make.original(), id);
            Decision decision = replays.finish(make, id, actor, clock.instant());
            LOG.info(
                    "{} replays {}: {} by {}",
                    id,
                    make.original().id(),
                    make.what().word(),
                    actor);
            return decision;
        } catch (IOException e) {
            undo(id);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            undo(id);
            throw e;
        } finally {
            fields.clear();
        }
    }

    private void note(ImportRow original, String id) throws IOException {
        TakeNote take = new TakeNote(
                original.dropName(), original.fileName(), LedgerJson.texts(original.sources()), original.id());
        try (OutputStream out = disk.create(home.work(id).resolve(Home.TAKE))) {
            out.write(take.json());
        }
    }

    /** The lane may have been renamed since. */
    private @Nullable String lane(ImportRow original) {
        return original.lane() == null ? null : lanes.now(original.dropName(), original.lane(), original.segment());
    }

    /** The sidecar is enough to check anew; to send what was checked, the file that was sent from must be as it was. */
    private static boolean isThere(Replays.Answer.Make make, Path from) {
        try {
            return make.checksAnew()
                    ? Files.isRegularFile(from.resolve(Home.SIDECAR), LinkOption.NOFOLLOW_LINKS)
                    : Mark.of(Home.sent(from))
                            .filter(mark ->
                                    Objects.equals(mark.size(), make.original().contentSize()))
                            .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path from, Path to, Set<String> without) throws IOException {
        disk.makeFolder(to);
        for (Path file : files(from)) {
            String name = file.getFileName().toString();
            if (!OF_ITS_OWN.contains(name) && !without.contains(name)) {
                copy(file, to.resolve(name));
            }
        }
        disk.forceFolder(to);
    }

    /** A second name of the same bytes where the file system has such; nobody writes into a file in custody. */
    private void copy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
            try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                    OutputStream out = disk.create(to)) {
                in.transferTo(out);
            }
            Files.setLastModifiedTime(to, Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS));
            disk.forceFile(to);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(entry);
                    }
                }
            }
        }
        return files;
    }

    /** Undoes the replays that an earlier run began and did not finish. */
    public void recover() {
        for (ImportRow row : replays.unfinished()) {
            LogFields fields = LogFields.of(row.id(), row.dropName());
            undo(row.id());
            LOG.info("{}: the replay of {} was cut off and is undone; ask for it again.", row.id(), row.replayOf());
            fields.clear();
        }
    }

    private void undo(String id) {
        try {
            for (Path file : files(home.work(id))) {
                disk.remove(file);
            }
            disk.remove(home.work(id));
            imports.takes().undo(id);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot undo the replay {}: {}; the next start does.", id, String.valueOf(e.getMessage()));
        }
    }
}
