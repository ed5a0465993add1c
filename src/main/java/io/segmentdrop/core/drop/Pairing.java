package io.segmentdrop.core.drop;

import io.segmentdrop.core.drop.Candidate.Ambiguous;
import io.segmentdrop.core.drop.Candidate.Ignored;
import io.segmentdrop.core.drop.Candidate.LoneCsv;
import io.segmentdrop.core.drop.Candidate.LoneSidecar;
import io.segmentdrop.core.drop.Candidate.Pair;
import io.segmentdrop.core.problem.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs together in a listing, by names alone.
 *
 * <p>{@code x.csv} has the sidecar {@code x.csv.json} or {@code x.json}. Extensions match in any case, what stands before them
 * exactly, but that the two Unicode forms of one name are the same name. Whatever could be meant in two ways is
 * {@link Ambiguous} as a whole: nothing is guessed. A name {@code x.csv.json} is the sidecar of {@code x.csv} only, never
 * the short one of {@code x.csv.csv}.
 */
public final class Pairing {

    private static final Set<String> OWN_FOLDERS = Set.of("receipts", "taken");

    private Pairing() {}

    /**
     * The candidates, first those that are ignored. Time and memory grow with the listing's length only. Our own folders
     * {@code receipts} and {@code taken} are left out.
     */
    public static List<Candidate> of(List<Entry> listing) {
        List<Candidate> found = new ArrayList<>();
        Map<String, List<Named>> groups = LinkedHashMap.newLinkedHashMap(listing.size());
        for (Entry entry : listing) {
            if (isOwnFolder(entry)) {
                continue;
            }
            Code ignored = ignored(entry);
            if (ignored == null) {
                Named named = Named.of(entry);
                groups.merge(named.base(), List.of(named), Pairing::join);
            } else {
                found.add(new Ignored(entry, ignored));
            }
        }
        groups.values().forEach(group -> matchGroup(group, found));
        return found;
    }

    /** Most stand alone, and a list of one is small. */
    private static List<Named> join(List<Named> group, List<Named> more) {
        List<Named> grown = group.size() == 1 ? new ArrayList<>(group) : group;
        grown.addAll(more);
        return grown;
    }

    /** Whether this is the name of one of our own folders. */
    public static boolean isOwnFolder(String name) {
        return OWN_FOLDERS.contains(name);
    }

    private static boolean isOwnFolder(Entry entry) {
        return entry.kind() == Entry.Kind.DIRECTORY && isOwnFolder(entry.name());
    }

    private static @Nullable Code ignored(Entry entry) {
        String name = entry.name();
        if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            // no folder holds such a name: a server made it up, and it must never become a path
            return Code.NAME_PATH_TRAVERSAL;
        }
        if (entry.kind() == Entry.Kind.DIRECTORY) {
            return Code.NAME_NOT_REGULAR_FILE;
        }
        if (Names.isTemporary(name)) {
            return Code.NAME_IGNORED_TEMP;
        }
        return Names.isCsv(name) || Names.isJson(name) ? null : Code.NAME_NOT_MATCHED;
    }

    /** All names of one base: a short sidecar binds them all, a full one those with its spelling of {@code .csv}. */
    private static void matchGroup(List<Named> group, List<Candidate> found) {
        List<Named> csvs = only(group, Named::isCsv);
        List<Named> sidecars = only(group, named -> !named.isCsv());
        if (group.size() > 2 && group.stream().noneMatch(named -> named.role() == Named.Role.SHORT_SIDECAR)) {
            matchBySpelling(csvs, sidecars, found);
        } else {
            match(csvs, sidecars, found);
        }
    }

    private static void matchBySpelling(List<Named> csvs, List<Named> sidecars, List<Candidate> found) {
        Set<String> shared = spellings(csvs);
        shared.retainAll(spellings(sidecars));
        for (String spelling : shared) {
            Predicate<Named> same = named -> named.extension().equals(spelling);
            match(only(csvs, same), only(sidecars, same), found);
        }
        Predicate<Named> left = named -> !shared.contains(named.extension());
        match(only(csvs, left), only(sidecars, left), found);
    }

    private static void match(List<Named> csvs, List<Named> sidecars, List<Candidate> found) {
        if (csvs.isEmpty()) {
            sidecars.forEach(sidecar -> found.add(lone(sidecar)));
        } else if (sidecars.isEmpty()) {
            csvs.forEach(csv -> found.add(new LoneCsv(csv.entry())));
        } else if (csvs.size() == 1
                && sidecars.size() == 1
                && sidecars.getFirst().fits(csvs.getFirst())) {
            found.add(new Pair(csvs.getFirst().entry(), sidecars.getFirst().entry()));
        } else {
            found.add(ambiguous(csvs, sidecars));
        }
    }

    private static Candidate lone(Named sidecar) {
        return sidecar.role() == Named.Role.FULL_SIDECAR
                ? new LoneSidecar(sidecar.entry())
                : new Ignored(sidecar.entry(), Code.NAME_NOT_MATCHED);
    }

    private static Candidate ambiguous(List<Named> csvs, List<Named> sidecars) {
        List<Entry> sorted = entries(csvs);
        List<Entry> others = new ArrayList<>(sorted.subList(1, sorted.size()));
        others.addAll(entries(sidecars));
        boolean unicode = differInFormOnly(csvs) || differInFormOnly(sidecars);
        return new Ambiguous(sorted.getFirst(), others, unicode ? Code.NAME_UNICODE_AMBIGUOUS : Code.SIDE_AMBIGUOUS);
    }

    private static boolean differInFormOnly(List<Named> same) {
        return same.stream().map(Named::normalised).distinct().count()
                < same.stream().map(named -> named.entry().name()).distinct().count();
    }

    private static List<Entry> entries(List<Named> named) {
        return named.stream()
                .map(Named::entry)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    private static Set<String> spellings(List<Named> named) {
        return named.stream().map(Named::extension).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Named> only(List<Named> named, Predicate<Named> which) {
        return named.stream().filter(which).toList();
    }
}
