package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.shell.ledger.Mirrored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was mirrored of one drop and may still lie on its server, as the ledger has it. A pair that vanishes without us is
 * remembered for a while, since a server may show an empty folder for a moment.
 */
final class SftpMemory {

    private static final Duration VANISHED = Duration.ofHours(1);

    private final String drop;
    private final Mirrored mirrored;
    private final Map<String, Mirrored.Row> byName = new LinkedHashMap<>();
    private final Map<String, Mirrored.Row> byFile = new HashMap<>();
    private final Map<String, Duration> vanished = new HashMap<>();

    SftpMemory(String drop, Mirrored mirrored) {
        this.drop = drop;
        this.mirrored = mirrored;
        mirrored.all(drop).forEach(this::add);
    }

    private void add(Mirrored.Row row) {
        Mirrored.Row before = byName.put(row.name(), row);
        if (before != null) {
            before.files().forEach(file -> byFile.remove(file.name(), before));
        }
        row.files().forEach(file -> byFile.put(file.name(), row));
    }

    synchronized boolean isEmpty() {
        return byName.isEmpty();
    }

    synchronized Collection<Mirrored.Row> all() {
        return List.copyOf(byName.values());
    }

    /** What a listed file tells of itself. */
    static String mark(Entry entry) {
        return entry.size() + ":" + entry.mtimeNanos();
    }

    /** The row that all of these files belong to in just this version; empty if one of them is another. */
    synchronized Optional<Mirrored.Row> of(List<Entry> entries) {
        Mirrored.Row row = byFile.get(entries.getFirst().name());
        return Optional.ofNullable(row).filter(one -> entries.stream().allMatch(entry -> holds(one, entry)));
    }

    private static boolean holds(Mirrored.Row row, Entry entry) {
        return row.files().stream()
                .anyMatch(
                        file -> file.name().equals(entry.name()) && file.mark().equals(mark(entry)));
    }

    /** Records what is about to be placed. */
    synchronized void begin(List<Mirrored.Row> rows) {
        mirrored.begin(drop, rows);
        rows.forEach(this::add);
    }

    /** Records what was placed. */
    synchronized void placed(Collection<Mirrored.Row> rows) {
        mirrored.placed(drop, rows);
        rows.forEach(row -> add(new Mirrored.Row(row.name(), row.files(), true, row.at())));
    }

    /** Forgets what we removed. */
    synchronized void forget(Collection<Mirrored.Row> rows) {
        mirrored.forget(drop, rows);
        for (Mirrored.Row row : rows) {
            byName.remove(row.name());
            row.files().forEach(file -> byFile.remove(file.name()));
            vanished.remove(row.name());
        }
    }

    /**
     * Forgets what has long been gone from a whole listing.
     *
     * @param elapsed by the ticker: a clock that is set must not make us forget, and mirror a pair again
     */
    synchronized void keep(Collection<Mirrored.Row> there, Duration elapsed) {
        there.forEach(row -> vanished.remove(row.name()));
        Set<String> names = there.stream().map(Mirrored.Row::name).collect(Collectors.toSet());
        List<Mirrored.Row> gone = new ArrayList<>();
        for (Mirrored.Row row : byName.values()) {
            if (!names.contains(row.name())) {
                Duration since = vanished.computeIfAbsent(row.name(), name -> elapsed);
                if (row.placed() && elapsed.minus(since).compareTo(VANISHED) >= 0) {
                    gone.add(row);
                }
            }
        }
        if (!gone.isEmpty()) {
            forget(gone);
        }
    }
}
