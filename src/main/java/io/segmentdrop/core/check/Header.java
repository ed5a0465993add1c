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
 * @param rejects true if {@link RejectsColumns#NAMES} stand behind the columns: a rejects file of ours, dropped again
 */
record Header(List<Column> columns, boolean trailing, boolean rejects) {

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

    /** How many of a row's fields are the sender's, without {@link RejectsColumns#NAMES} and what a trailing comma adds. */
    int own(Fields row) {
        return rejects
                ? RejectsColumns.own(row, untrailed(row, RejectsColumns.NAMES.size()), width())
                : untrailed(row, 0);
    }

    /** The number of fields without an empty one under the empty last header, which not every row must have. */
    private int untrailed(Fields row, int more) {
        int count = row.count();
        boolean isFull = count == width() + 1 || count == width() + more + 1;
        return trailing && isFull && row.isEmpty(count - 1) ? count - 1 : count;
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

    /** Which columns hold tags, by their index in the file. */
    boolean[] tags() {
        boolean[] tags = new boolean[width()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = columns.get(i).isTag();
        }
        return tags;
    }

    boolean replacesTags() {
        return columns.stream().anyMatch(c -> c.kind() == Column.Kind.REPLACING_TAG);
    }
}
