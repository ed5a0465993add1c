package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Watch;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connection of a drop fetches what: by a hash of the name without its extensions, so that what belongs together goes
 * together; one that finds nothing of its own takes what nobody has begun. Not thread-safe.
 */
final class SftpParts {

    private final List<SftpShare> shares;
    private final List<Watch.Ready> ready = new ArrayList<>();
    private final Set<String> underway = new HashSet<>();
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

    /** What a look found; what a share is at is none of it, wherever it stands by now. */
    void seen(SftpShare by, Duration now, List<Watch.Ready> found) {
        looked = by;
        at = now;
        ready.clear();
        found.stream().filter(one -> !underway.contains(one.what().name())).forEach(ready::add);
    }

    /** What this share is to fetch now. */
    List<Watch.Ready> take(SftpShare share) {
        List<SftpShare> live =
                shares.stream().filter(one -> one == share || one.isConnected()).toList();
        List<Watch.Ready> own = new ArrayList<>();
        for (Iterator<Watch.Ready> left = ready.iterator(); left.hasNext(); ) {
            Watch.Ready one = left.next();
            if (live.get(Math.floorMod(hash(one), live.size())) == share) {
                own.add(one);
                left.remove();
            }
        }
        if (own.isEmpty()) {
            own.addAll(ready);
            ready.clear();
        }
        own.forEach(one -> underway.add(one.what().name()));
        return own;
    }

    private static int hash(Watch.Ready ready) {
        String name = ready.what().csvName();
        int dot = name.indexOf('.');
        return Normalizer.normalize(dot > 0 ? name.substring(0, dot) : name, Normalizer.Form.NFC)
                .hashCode();
    }

    void release(Collection<String> names) {
        underway.removeAll(names);
    }
}
