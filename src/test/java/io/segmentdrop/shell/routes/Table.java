package io.segmentdrop.shell.routes;

import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Oracle.Promise;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many scenarios a test ran through the oracle, and how often each promise was broken. */
public final class Table {

    private final String name;
    private final Map<Promise, Integer> broken = new EnumMap<>(Promise.class);
    private int scenarios;

    public Table(String name) {
        this.name = name;
    }

    /** One more scenario. */
    public synchronized void add(List<Oracle.Violation> violations) {
        scenarios++;
        violations.forEach(violation -> broken.merge(violation.promise(), 1, Integer::sum));
    }

    @Override
    public synchronized String toString() {
        StringBuilder text =
                new StringBuilder("%-34s %9s %10s%n".formatted("promise (" + name + ")", "scenarios", "violations"));
        for (Promise promise : Promise.values()) {
            text.append("%-34s %9d %10d%n"
                    .formatted(
                            promise.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                            scenarios,
                            broken.getOrDefault(promise, 0)));
        }
        return text.toString();
    }

    /** Prints the table. */
    public void printIf(boolean wanted) {
        if (wanted) {
            System.out.println(this);
        }
    }
}
