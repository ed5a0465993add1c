package io.segmentdrop.core.check;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.IntStream;

/**
 * An accepted header.
 *
 * @param columns the columns that are sent, in the file's order
 * @param trailing true if an empty header stands last, which is left out
 * @param rejects true if {@link #REPORT} stands behind the columns: a rejects file of ours, dropped again
 */
record Header(List<Column> columns, boolean trailing, boolean rejects) {

    /** What a rejects file has behind the original columns. */
    static final List<String> REPORT = List.of("_line", "_code", "_reason");

    Header {
        columns = List.copyOf(columns);
        if (columns.stream().filter(Column::isEmail).count() != 1) {
            throw new IllegalArgumentException("expected one email column in " + columns.size());
        }
    }

    /** How many columns are sent. */
    int width() {
        return columns.size();
    }

    /** How many fields a row has, without the one that a trailing comma adds. */
    int fields() {
        return width() + (rejects ? REPORT.size() : 0);
    }

    /** The index of the email column in the file. */
    int email() {
        return IntStream.range(0, width())
                .filter(i -> columns.get(i).isEmail())
                .findFirst()
                .orElseThrow();
    }

    /** The file's indices in the order in which the columns are sent: email first. */
    int[] order() {
        int email = email();
        return IntStream.concat(IntStream.of(email), IntStream.range(0, width()).filter(i -> i != email))
                .toArray();
    }

    /** The canonical headers in the order in which they are sent. */
    SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (int column : order()) {
            names.add(columns.get(column).name());
        }
        return names;
    }

    /** The header line as it is sent, with its LF. */
    String line() {
        return String.join(",", names()) + "\n";
    }

    byte[] bytes() {
        return line().getBytes(StandardCharsets.UTF_8);
    }

    boolean replacesTags() {
        return columns.stream().anyMatch(c -> c.kind() == Column.Kind.REPLACING_TAG);
    }
}
