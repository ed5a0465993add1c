package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.Overview.Hour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows delivered in each of the last hours, as bars of 0 to {@value #HEIGHT}. */
public record Spark(List<Bar> bars, long imports, long rows) {

    static final int HEIGHT = 32;
    private static final int STEP = 8;
    private static final long HOUR = 3_600_000;

    /** One hour; {@code words} says it all. */
    public record Bar(int x, int y, int height, String words) {}

    static Spark of(List<Hour> hours, Instant now, int length) {
        Map<Long, Hour> found = hours.stream().collect(Collectors.toMap(Hour::hour, Function.identity()));
        long last = Math.floorDiv(now.toEpochMilli(), HOUR);
        long most = hours.stream().mapToLong(Hour::rows).max().orElse(0);
        List<Bar> bars = IntStream.range(0, length)
                .mapToObj(i -> {
                    long hour = last - length + 1 + i;
                    return bar(i, found.getOrDefault(hour, new Hour(hour, 0, 0)), most);
                })
                .toList();
        return new Spark(
                bars,
                hours.stream().mapToLong(Hour::imports).sum(),
                hours.stream().mapToLong(Hour::rows).sum());
    }

    private static Bar bar(int i, Hour hour, long most) {
        int height = most == 0 || hour.rows() == 0 ? 1 : (int) Math.max(2, hour.rows() * HEIGHT / most);
        String words = Words.stamp(hour.hour() * HOUR).substring(11, 16) + ": " + Words.count(hour.rows(), "row");
        return new Bar(i * STEP, HEIGHT - height, height, words);
    }
}
