package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.camel.SftpRefused;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Mirrored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Removes from the server what is in custody, or moves it to {@code taken/}. A file that is no longer what was mirrored is
 * left alone. A server that refuses is asked again later; the pair is imported once all the same. Not thread-safe.
 */
final class SftpClearing {

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final String TAKEN = "taken";

    private final String drop;
    private final DropFolder spool;
    private final Imports imports;
    private final SftpMemory memory;
    private final boolean keep;
    private final Together together;
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private volatile Duration again = Duration.ZERO;

    /** @param keep whether files are moved to {@code taken/} instead of removed */
    SftpClearing(String drop, DropFolder spool, Imports imports, SftpMemory memory, boolean keep, Together together) {
        this.drop = drop;
        this.spool = spool;
        this.imports = imports;
        this.memory = memory;
        this.keep = keep;
        this.together = together;
    }

    /**
     * Clears what is in custody.
     *
     * @param there what was mirrored and still lies on the server, as listed; what is cleared is removed from it
     * @param elapsed by the ticker
     */
    void clear(SftpFolder folder, Map<Mirrored.Row, List<Entry>> there, Duration elapsed) throws IOException {
        refused.keySet()
                .retainAll(there.keySet().stream().map(Mirrored.Row::name).toList());
        List<Mirrored.Row> due = there.keySet().stream()
                .filter(row -> !refused.containsKey(row.name()) || elapsed.compareTo(again) >= 0)
                .filter(this::isTaken)
                .toList();
        if (due.isEmpty() || (keep && !isPlaceMade(folder, due, elapsed))) {
            return;
        }
        Queue<Mirrored.Row> cleared = new ConcurrentLinkedQueue<>();
        try {
            together.each(due, row -> {
                if (clear(folder, row, Objects.requireNonNull(there.get(row)), elapsed)) {
                    cleared.add(row);
                }
            });
        } finally {
            if (!cleared.isEmpty()) {
                CrashPoint.MIRROR_REMOVED.hit();
                memory.forget(cleared);
                there.keySet().removeAll(cleared);
            }
        }
    }

    private boolean isPlaceMade(SftpFolder folder, List<Mirrored.Row> due, Duration elapsed) throws IOException {
        try {
            folder.makeFolder(TAKEN);
            return true;
        } catch (SftpRefused e) {
            due.forEach(row -> refused.put(row.name(), String.valueOf(e.getMessage())));
            again = elapsed.plus(AGAIN);
            return false;
        }
    }

    private boolean isTaken(Mirrored.Row row) {
        return row.placed()
                && row.files().stream()
                        .noneMatch(file -> Files.exists(spool.path().resolve(file.name()), LinkOption.NOFOLLOW_LINKS))
                && imports.takes().unfinished(drop, row.name()).isEmpty();
    }

    private boolean clear(SftpFolder folder, Mirrored.Row row, List<Entry> files, Duration elapsed) throws IOException {
        try {
            for (Entry file : files) {
                Optional<Entry> found = folder.find(file.name());
                if (found.isPresent() && SftpMemory.mark(found.get()).equals(SftpMemory.mark(file))) {
                    clear(folder, file.name(), row);
                }
            }
            refused.remove(row.name());
            return true;
        } catch (SftpRefused e) {
            refused.put(row.name(), String.valueOf(e.getMessage()));
            again = elapsed.plus(AGAIN);
            return false;
        }
    }

    private void clear(SftpFolder folder, String name, Mirrored.Row row) throws IOException {
        if (keep) {
            String to = TAKEN + "/" + name;
            // nothing is ever overwritten, also where a server renames over what is there
            boolean free = folder.find(to).isEmpty();
            folder.rename(name, free ? to : to + "." + row.at().toEpochMilli());
        } else {
            folder.remove(name);
        }
    }

    /** What the drop's health says of it. */
    Optional<DropBoard.Note> note() {
        return refused.entrySet().stream()
                .findFirst()
                .map(one -> new DropBoard.Note(
                        Code.SRC_NOT_REMOVABLE,
                        "expected the server to let %s be %s, found %s (%d such); it was imported once and is not again"
                                .formatted(
                                        Printable.of(one.getKey()),
                                        keep ? "moved to taken/" : "removed",
                                        one.getValue(),
                                        refused.size())));
    }
}
