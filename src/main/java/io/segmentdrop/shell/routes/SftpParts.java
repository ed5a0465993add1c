package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.shell.ledger.Mirrored;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which connection of a drop fetches what: by a hash of the name without its extensions, so that what belongs together goes
 * together; one that finds nothing of its own takes what nobody has begun. Promise: what is ready gets its names in the order of a
 * drop, by the time of its later file, whichever connection is the faster. Not thread-safe.
 */
final class SftpParts {

    /** So many a poll: each is an exchange. */
    private static final int MOST = 4000;

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::changed).thenComparing(Place::name);

    /** Where a pair stands in the order of its drop. */
    private record Place(Instant changed, String name) {}

    /** What has become of it so far: nobody is at it, one is, or it was fetched. */
    private static final class Stand {

        private final Watch.Ready ready;
        private boolean taken;
        private Mirrored.@Nullable Row row;

        Stand(Watch.Ready ready) {
            this.ready = ready;
        }
    }

    private final List<SftpShare> shares;
    private final TreeMap<Place, Stand> stands = new TreeMap<>(ORDER);
    private @Nullable SftpShare looked;
    private Duration at = Duration.ZERO;

    SftpParts(List<SftpShare> shares) {
        this.shares = shares;
    }

    boolean isAnyConnected() {
        return shares.stream().anyMatch(SftpShare::isConnected);
    }

    /** Whether another share looked so lately that its look serves this one. */
    boolean isFresh(SftpShare share, Duration now, Duration scanEvery) {
        return looked != null && looked != share && now.minus(at).compareTo(scanEvery) < 0;
    }

    /** What a look found; what a share is at, or was fetched and has no names yet, stays what it was. */
    void seen(SftpShare by, Duration now, List<Watch.Ready> found) {
        looked = by;
        at = now;
        stands.values().removeIf(stand -> !stand.taken);
        Set<String> begun = new HashSet<>();
        stands.keySet().forEach(place -> begun.add(place.name()));
        for (Watch.Ready one : found) {
            String name = one.what().csvName();
            if (!begun.contains(name)) {
                stands.put(new Place(one.changed(), name), new Stand(one));
            }
        }
    }

    /** What this share is to fetch now, in the drop's order. */
    List<Watch.Ready> take(SftpShare share) {
        List<SftpShare> live =
                shares.stream().filter(one -> one == share || one.isConnected()).toList();
        List<Stand> left =
                stands.values().stream().filter(stand -> !stand.taken).toList();
        List<Stand> own = left.stream()
                .filter(stand -> live.get(Math.floorMod(hash(stand.ready), live.size())) == share)
                .limit(MOST)
                .toList();
        List<Stand> taken = own.isEmpty() ? left.subList(0, Math.min(MOST, left.size())) : own;
        taken.forEach(stand -> stand.taken = true);
        return taken.stream().map(stand -> stand.ready).toList();
    }

    private static int hash(Watch.Ready ready) {
        String name = ready.what().csvName();
        int dot = name.indexOf('.');
        return Normalizer.normalize(dot > 0 ? name.substring(0, dot) : name, Normalizer.Form.NFC)
                .hashCode();
    }

    /** These were fetched, and wait for their names. */
    void fetched(Collection<Mirrored.Row> rows) {
        Map<String, Mirrored.Row> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.name(), row));
        stands.forEach((place, stand) -> {
            if (stand.taken && byName.containsKey(place.name())) {
                stand.row = byName.get(place.name());
            }
        });
    }

    /** What was fetched and comes before all that is still to be fetched. */
    List<Mirrored.Row> due() {
        List<Mirrored.Row> due = new ArrayList<>();
        for (Stand stand : stands.values()) {
            if (stand.row == null) {
                break;
            }
            due.add(stand.row);
        }
        return due;
    }

    /** These have their names, or what they are called is not known to us any more: a look says. */
    void done(Collection<Mirrored.Row> rows) {
        Set<Mirrored.Row> named = new HashSet<>(rows);
        stands.values().removeIf(stand -> stand.row != null && named.contains(stand.row));
    }

    /** These were not fetched, and may be by any. */
    void release(Collection<String> names) {
        stands.entrySet()
                .removeIf(one -> one.getValue().row == null
                        && one.getValue().taken
                        && names.contains(one.getKey().name()));
    }
}
