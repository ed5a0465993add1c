package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.drop.Pairing;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.shell.camel.SftpFault;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.ledger.Mirrored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The eyes of one SFTP drop. Names are judged as they come, before any is used or kept; what is refused is shown, never
 * touched. The age of a file counts from when it was first seen, since its mtime is the sender's word. Not thread-safe.
 */
final class SftpWatch {

    /** How many files are looked at; one candidate's name is at most 255 bytes. */
    static final int MOST = DropFolder.MOST;

    /** How many refused names are shown. */
    static final int SHOWN = 100;

    /**
     * What one look saw.
     *
     * @param there what was mirrored before and still lies there, with its files as listed
     * @param safe whether {@code receipts} is a folder or missing
     */
    record Sight(
            List<Watch.Ready> ready,
            List<Watch.Waiting> waiting,
            int ignored,
            Map<Mirrored.Row, List<Entry>> there,
            boolean safe,
            boolean cut,
            long total) {}

    /** Sorts out a listing while it comes. */
    private final class Sorter implements Predicate<Entry> {

        private final List<Watch.Waiting> refused = new ArrayList<>();
        private final Instant now;
        private long refusals;
        private boolean safe = true;

        Sorter(Instant now) {
            this.now = now;
        }

        @Override
        public boolean test(Entry entry) {
            if (Pairing.isOwnFolder(entry.name())) {
                safe &= !entry.name().equals("receipts") || entry.kind() == Entry.Kind.DIRECTORY;
                return entry.kind() == Entry.Kind.DIRECTORY;
            }
            if (!isCandidate(entry)) {
                return false;
            }
            Problem problem = Names.judge(entry);
            if (problem != null && refusals++ < SHOWN) {
                refused.add(
                        new Watch.Waiting(shown(entry.name()), problem.code(), since.getOrDefault(entry.name(), now)));
            }
            return problem == null;
        }
    }

    private final Watch watch;
    private final SftpSidecars sidecars;
    private final SftpMemory memory;
    private Map<String, Entry> known = Map.of();
    private Map<String, Instant> since = Map.of();

    SftpWatch(Watch.Settings settings, SftpSidecars sidecars, SftpMemory memory) {
        this.watch = new Watch(settings);
        this.sidecars = sidecars;
        this.memory = memory;
    }

    private static boolean isCandidate(Entry entry) {
        return Names.mayBePartOfAPair(entry.name()) && entry.kind() != Entry.Kind.DIRECTORY;
    }

    private static String shown(String name) {
        return Names.shown(name.length() > Names.MAX_BYTES ? name.substring(0, Names.MAX_BYTES) : name);
    }

    /**
     * Looks at the folder as it is now.
     *
     * @param now the time of the day, which is only shown
     * @param elapsed by the ticker
     */
    Sight look(SftpFolder folder, Instant now, Duration elapsed) throws IOException {
        Sorter sorter = new Sorter(now);
        SftpFolder.Listed listing = folder.list(sorter, MOST);
        List<Entry> entries = dated(listing.entries(), now);
        since = firstSeen(sorter.refused);
        Map<Mirrored.Row, List<Entry>> there = new LinkedHashMap<>();
        List<Entry> fresh = fresh(entries, there);
        Watch.Scan scan = scan(folder, new Watch.Look(fresh, !listing.cut(), now, elapsed));
        List<Watch.Waiting> waiting = new ArrayList<>(scan.waiting());
        waiting.addAll(sorter.refused);
        waiting.sort(Comparator.comparing(Watch.Waiting::since).thenComparing(Watch.Waiting::name));
        long ignored = scan.ignored() + listing.others() - sorter.refused.size();
        return new Sight(
                scan.ready(),
                waiting,
                (int) Math.min(Integer.MAX_VALUE, ignored),
                there,
                sorter.safe,
                listing.cut(),
                listing.entries().size() + listing.others());
    }

    private Watch.Scan scan(SftpFolder folder, Watch.Look look) throws SftpFault {
        sidecars.begin(folder, look.entries());
        Watch.Scan scan = watch.scan(look, sidecars::proof, sidecars::fits);
        sidecars.end();
        return scan;
    }

    /** The same entry object as long as a file stays as it is, with the time at which it was first seen so. */
    private List<Entry> dated(List<Entry> listing, Instant now) {
        Map<String, Entry> next = HashMap.newHashMap(listing.size());
        for (Entry entry : listing) {
            Entry before = known.get(entry.name());
            boolean same = before != null
                    && before.kind() == entry.kind()
                    && before.size() == entry.size()
                    && before.mtimeNanos() == entry.mtimeNanos();
            next.put(
                    entry.name(),
                    same
                            ? before
                            : new Entry(
                                    entry.name(),
                                    entry.kind(),
                                    entry.size(),
                                    entry.mtimeNanos(),
                                    "",
                                    1,
                                    now.toEpochMilli()));
        }
        known = next;
        return new ArrayList<>(next.values());
    }

    private static Map<String, Instant> firstSeen(List<Watch.Waiting> refused) {
        Map<String, Instant> seen = new HashMap<>();
        refused.forEach(one -> seen.put(one.name(), one.since()));
        return seen;
    }

    /** Without what was mirrored before: that is gathered in {@code there}. */
    private List<Entry> fresh(List<Entry> listing, Map<Mirrored.Row, List<Entry>> there) {
        if (memory.isEmpty()) {
            return listing;
        }
        Set<Entry> old = new HashSet<>();
        for (Candidate candidate : Pairing.of(listing)) {
            Optional<Mirrored.Row> row = memory.of(candidate.entries());
            row.ifPresent(found -> {
                there.computeIfAbsent(found, key -> new ArrayList<>()).addAll(candidate.entries());
                old.addAll(candidate.entries());
            });
        }
        return listing.stream().filter(entry -> !old.contains(entry)).toList();
    }
}
