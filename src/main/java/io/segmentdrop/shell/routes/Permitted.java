package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.Rights;
import io.segmentdrop.shell.health.DropBoard;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one look found, sorted by what we have a right to: what is ready and may not be taken waits instead.
 *
 * @param ready in the order in which it is taken
 * @param waiting the oldest first, then by name
 */
record Permitted(List<Watch.Ready> ready, List<Watch.Waiting> waiting) {

    private static final Comparator<Watch.Waiting> OLDEST =
            Comparator.comparing(Watch.Waiting::since).thenComparing(Watch.Waiting::name);

    static Permitted of(Watch.Scan scan, List<Entry> listing, Rights rights, Instant now) throws IOException {
        List<Watch.Ready> ready = new ArrayList<>();
        List<Watch.Waiting> waiting = new ArrayList<>();
        for (Watch.Ready one : scan.ready()) {
            Optional<String> lacking = rights.lacking(one.what().entries());
            if (lacking.isEmpty()) {
                ready.add(one);
            } else {
                waiting.add(new Watch.Waiting(
                        one.what().name(), Code.SRC_PERMISSION, lacking.get(), since(one.what(), now)));
            }
        }
        waiting.addAll(proofs(scan.waiting(), listing, rights));
        waiting.sort(OLDEST);
        return new Permitted(List.copyOf(ready), List.copyOf(waiting));
    }

    /** A CSV that cannot be read has no hash that could be compared with its proof. */
    private static List<Watch.Waiting> proofs(List<Watch.Waiting> waiting, List<Entry> listing, Rights rights)
            throws IOException {
        if (waiting.stream().noneMatch(Permitted::needsReading)) {
            return waiting;
        }
        Map<String, Entry> entries =
                listing.stream().collect(Collectors.toMap(Entry::name, Function.identity(), (one, other) -> one));
        List<Watch.Waiting> sorted = new ArrayList<>();
        for (Watch.Waiting one : waiting) {
            Entry csv = needsReading(one) ? entries.get(one.name()) : null;
            Optional<String> lacking = csv == null ? Optional.empty() : rights.lacking(List.of(csv));
            sorted.add(lacking.map(why -> new Watch.Waiting(one.name(), Code.SRC_PERMISSION, why, one.since()))
                    .orElse(one));
        }
        return sorted;
    }

    private static boolean needsReading(Watch.Waiting one) {
        return switch (one.why()) {
            case WAIT_PROOF, WAIT_HASH, SRC_PERMISSION -> true;
            default -> false;
        };
    }

    /** When the latest of the files arrived or was last changed; the clocks may differ. */
    private static Instant since(Candidate what, Instant now) {
        Instant changed = Instant.ofEpochMilli(
                what.entries().stream().mapToLong(Entry::changedMillis).max().orElseThrow());
        return changed.isAfter(now) ? now : changed;
    }

    /** For the drop's health, where only the oldest of all that waits is shown. */
    Optional<DropBoard.Note> note() {
        List<Watch.Waiting> barred =
                waiting.stream().filter(one -> one.why() == Code.SRC_PERMISSION).toList();
        return barred.stream()
                .findFirst()
                .map(first -> new DropBoard.Note(
                        Code.SRC_PERMISSION,
                        first.reason() + " (" + barred.size() + (barred.size() == 1 ? " waits so)" : " wait so)")));
    }
}
