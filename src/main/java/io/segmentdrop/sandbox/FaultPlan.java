package io.segmentdrop.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which request meets which fault: first the queue, then the queue of its segment, then the standing rules, then the
 * magic segments. The queues are for imports alone, so that a look at a segment in between does not use them up.
 */
final class FaultPlan {

    private record Rule(Predicate<Head> which, Fault fault) {}

    private record Csv(long segment, String sha256) {}

    private final Deque<Fault> queue = new ArrayDeque<>();
    private final Map<Long, Deque<Fault>> bySegment = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Long, Fault> magic = Magic.byId();
    private final Set<Csv> seen = new HashSet<>();

    synchronized void next(Fault... faults) {
        queue.addAll(Arrays.asList(faults));
    }

    synchronized void forSegment(long id, Fault... faults) {
        bySegment.computeIfAbsent(id, segment -> new ArrayDeque<>()).addAll(Arrays.asList(faults));
    }

    synchronized void always(Predicate<Head> which, Fault fault) {
        rules.add(new Rule(which, fault));
    }

    synchronized void clear() {
        queue.clear();
        bySegment.clear();
        rules.clear();
        seen.clear();
    }

    /** The fault of a connection of which nothing is known yet. */
    synchronized Fault atConnect() {
        return queue.peek() instanceof Fault.AtConnect ? queue.remove() : Fault.NONE;
    }

    /** The fault of a request whose head is known. */
    synchronized Fault of(Head head) {
        Fault planned = head.isImport() ? planned(head) : null;
        return planned != null ? planned : standing(head);
    }

    private @Nullable Fault planned(Head head) {
        Deque<Fault> ofSegment = bySegment.getOrDefault(head.segment().orElseThrow(), new ArrayDeque<>());
        return queue.isEmpty() ? ofSegment.poll() : queue.poll();
    }

    private Fault standing(Head head) {
        return rules.stream()
                .filter(rule -> rule.which.test(head))
                .findFirst()
                .map(Rule::fault)
                .orElseGet(() -> head.segment().map(magic::get).orElse(Fault.NONE));
    }

    /** What is left of a fault once the whole request is known. */
    synchronized Fault settled(Fault fault, Head head, ImportForm form) {
        if (fault instanceof Fault.FirstTime(Fault then)) {
            Upload file = form.file();
            boolean first = file != null && seen.add(new Csv(head.segment().orElse(0L), file.sha256()));
            return first ? then : Fault.NONE;
        }
        return Objects.requireNonNull(fault);
    }
}
