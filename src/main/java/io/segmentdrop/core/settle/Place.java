package io.segmentdrop.core.settle;

import io.segmentdrop.core.ledger.ImportState;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an import ends, below the home: {@code archive/<drop>/<yyyy-MM-dd>/<import id>} or
 * {@code dead-letter/<drop>/<import id>}. Since ids are unique, no place is used twice.
 *
 * @param segments the folders' names, each one plain path segment
 */
public record Place(List<String> segments) {

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    public Place {
        segments = List.copyOf(segments);
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new IllegalArgumentException("expected one plain path segment, found " + segment);
            }
        }
    }

    /**
     * The place of an import that has ended.
     *
     * @param date the day on which it ended, in UTC
     * @throws IllegalArgumentException if the state is not final, or a name is no plain path segment
     */
    public static Place of(ImportState state, String drop, String importId, LocalDate date) {
        if (!state.isFinal()) {
            throw new IllegalArgumentException("expected a final state, found " + state);
        }
        return state.isDeadLetter()
                ? new Place(List.of("dead-letter", drop, importId))
                : new Place(List.of("archive", drop, date.toString(), importId));
    }

    /** The path below the home, with slashes. */
    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
