package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Overview.Day;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What came of each drop on each day, and how it ended. */
public record Grid(List<LocalDate> days, List<Row> rows) {

    /** The worse ending gives a cell its colour. */
    private static final List<ImportState> WORST_FIRST = List.of(
            ImportState.HELD,
            ImportState.UNDELIVERABLE,
            ImportState.REJECTED,
            ImportState.TAKEN,
            ImportState.READY,
            ImportState.DISCARDED,
            ImportState.DELIVERED,
            ImportState.CHECKED,
            ImportState.DUPLICATE);

    /** One drop. */
    public record Row(String drop, List<Cell> cells) {}

    /**
     * One day of one drop.
     *
     * @param look the class of the cell: none, or the word of its worst state
     * @param words all of it: {@code 12 delivered, 1 held}
     */
    public record Cell(long number, String look, String words) {}

    /** The days that end today, for these drops and for those of the ledger that are configured no more. */
    static Grid of(List<Day> counts, Collection<String> drops, LocalDate today, int length) {
        List<LocalDate> days = IntStream.range(0, length)
                .mapToObj(i -> today.minusDays(length - 1L - i))
                .toList();
        Map<String, Map<Long, Map<ImportState, Long>>> found = new HashMap<>();
        counts.forEach(count -> found.computeIfAbsent(count.dropName(), drop -> new HashMap<>())
                .computeIfAbsent(count.day(), day -> new EnumMap<>(ImportState.class))
                .merge(count.state(), count.number(), Long::sum));
        return new Grid(
                days,
                drops.stream()
                        .map(drop -> row(drop, days, found.getOrDefault(drop, Map.of())))
                        .toList());
    }

    private static Row row(String drop, List<LocalDate> days, Map<Long, Map<ImportState, Long>> found) {
        return new Row(
                drop,
                days.stream()
                        .map(day -> cell(found.getOrDefault(day.toEpochDay(), Map.of())))
                        .toList());
    }

    private static Cell cell(Map<ImportState, Long> counts) {
        long number = counts.values().stream().mapToLong(Long::longValue).sum();
        List<ImportState> states = counts.keySet().stream()
                .sorted(Comparator.comparingInt(WORST_FIRST::indexOf))
                .toList();
        return new Cell(
                number,
                states.isEmpty() ? "none" : states.getFirst().partnerWord(),
                states.isEmpty()
                        ? "nothing"
                        : states.stream()
                                .map(state -> counts.get(state) + " " + state.partnerWord())
                                .collect(Collectors.joining(", ")));
    }
}
