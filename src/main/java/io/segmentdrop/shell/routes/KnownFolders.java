package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.FolderIdentity;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows each local drop's folder again, and each drop by another name. Promise: while another folder is in the place of a
 * drop's, since it was replaced or its disk is not mounted, nothing is taken or written there, also after a restart, until the
 * old one is back or a person accepts the other.
 */
public final class KnownFolders {

    /**
     * A drop of the configuration.
     *
     * @param place where it is, in words
     * @param isLocal false if it is on a server, and its folder is ours
     * @param was the names that it had before
     */
    public record Setup(Drop drop, String place, boolean isLocal, List<String> was) {

        public Setup {
            was = List.copyOf(was);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);

    private final DropFolders ledger;
    private final InstantSource clock;
    private final Map<String, Known> known = new LinkedHashMap<>();

    /** One local drop's folder; a folder that hangs holds up its own drop alone. */
    private final class Known {

        private final Setup setup;
        private @Nullable FolderIdentity identity;
        private boolean isRecorded;

        Known(Setup setup, @Nullable FolderIdentity identity, boolean isRecorded) {
            this.setup = setup;
            this.identity = identity;
            this.isRecorded = isRecorded;
            if (identity != null) {
                setup.drop().folder().know(identity);
            }
        }

        synchronized Optional<String> look() throws IOException {
            FolderIdentity found = setup.drop().folder().identity();
            if (identity != null && !found.is(identity)) {
                return Optional.of("expected the folder %s as it was (%s), found another (%s)"
                        .formatted(setup.drop().folder().path(), identity.words(), found.words()));
            }
            // a remount may give it another device; a birth time that was not known may be so by now
            FolderIdentity now = found.sure() || identity == null
                    ? found.known()
                    : FolderIdentity.known(found.device(), found.inode(), identity.born());
            if (!now.equals(identity)) {
                become(now);
            }
            record();
            return Optional.empty();
        }

        private void become(FolderIdentity now) {
            identity = now;
            isRecorded = false;
            setup.drop().folder().know(now);
        }

        private DropFolders.Row row() {
            return new DropFolders.Row(setup.drop().name(), setup.place(), identity);
        }

        private void record() {
            try {
                if (!isRecorded) {
                    ledger.know(row());
                    isRecorded = true;
                }
            } catch (RuntimeException e) {
                if (!LedgerDatabase.isUnavailable(e)) {
                    throw e;
                }
                // recorded by a later look; nothing is taken while the ledger does not answer
            }
        }

        synchronized void accept(String actor) throws IOException {
            FolderIdentity found = setup.drop().folder().identity();
            if (identity != null && !found.is(identity)) {
                become(found.known());
                ledger.accept(row(), setup.drop().folder().path() + ": " + found.words(), actor, clock.instant());
                isRecorded = true;
                LOG.warn(
                        "Drop {} goes on in another folder at {}, which {} accepted.",
                        setup.drop().name(),
                        setup.drop().folder().path(),
                        Printable.of(actor));
            }
        }
    }

    /** Knows nothing yet. */
    public KnownFolders(DropFolders ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Before anything else looks at the drops: what an earlier run knew of them is known again. */
    public void begin(List<Setup> setups, Drops drops, Home home, Disk disk) throws IOException {
        Map<String, DropFolders.Row> before =
                ledger.all().stream().collect(Collectors.toMap(DropFolders.Row::drop, Function.identity()));
        Map<String, Setup> now = setups.stream()
                .collect(Collectors.toMap(
                        setup -> setup.drop().name(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Map<String, FolderIdentity> inherited = new LinkedHashMap<>();
        for (String name : ledger.names()) {
            DropFolders.Row row = before.get(name);
            Optional<Setup> renamed = now.containsKey(name) ? Optional.empty() : renamed(name, row, setups);
            if (renamed.isPresent()) {
                rename(name, row, renamed.get(), home, disk);
                drops.alias(name, renamed.get().drop());
                if (row != null
                        && row.identity() != null
                        && row.place().equals(renamed.get().place())) {
                    inherited.put(renamed.get().drop().name(), row.identity());
                }
            }
        }
        for (Setup setup : setups) {
            String name = setup.drop().name();
            DropFolders.Row row = before.get(name);
            boolean isThere = row != null && row.place().equals(setup.place());
            FolderIdentity identity = row != null && isThere ? row.identity() : inherited.get(name);
            if (setup.isLocal()) {
                known.put(name, new Known(setup, identity, isThere));
            } else if (!isThere) {
                ledger.know(new DropFolders.Row(name, setup.place(), null));
            }
        }
    }

    /** The drop that an unknown name means now: the one that says so, or that is at its place, or has its folder. */
    private static Optional<Setup> renamed(String name, DropFolders.@Nullable Row row, List<Setup> setups) {
        return setups.stream()
                .filter(setup -> setup.was().contains(name))
                .findFirst()
                .or(() -> setups.stream()
                        .filter(setup -> row != null && row.place().equals(setup.place()))
                        .findFirst())
                .or(() -> setups.stream()
                        .filter(setup -> row != null && row.identity() != null && isIn(setup, row.identity()))
                        .findFirst());
    }

    private static boolean isIn(Setup setup, FolderIdentity identity) {
        try {
            return setup.isLocal() && setup.drop().folder().identity().is(identity);
        } catch (IOException e) {
            return false;
        }
    }

    private void rename(String from, DropFolders.@Nullable Row row, Setup to, Home home, Disk disk) throws IOException {
        String name = to.drop().name();
        Path spool = home.spool(from);
        if (!to.isLocal() && Disk.isThere(spool) && !Disk.isThere(home.spool(name))) {
            disk.rename(spool, home.spool(name));
            disk.forceFolder(home.root().resolve("spool"));
        }
        FolderIdentity identity = row == null ? null : row.identity();
        int moved = ledger.rename(from, new DropFolders.Row(name, to.place(), identity), clock.instant());
        if (moved > 0) {
            LOG.warn("Drop {} is {} now; {} imports go on there.", Printable.of(from), name, moved);
        }
    }

    /** Why nothing may be taken from this drop or written there; empty if its folder is the one that it was. */
    Optional<String> look(Drop drop) throws IOException {
        Known folder = known.get(drop.name());
        return folder == null ? Optional.empty() : folder.look();
    }

    /** A person says that the folder that is there now is the drop's; no harm if it is the one that it was, or none. */
    public void accept(String drop, String actor) {
        Known folder = known.get(drop);
        try {
            if (folder != null) {
                folder.accept(actor);
            }
        } catch (IOException e) {
            // there is none to accept, which the drop's health tells
        }
    }
}
