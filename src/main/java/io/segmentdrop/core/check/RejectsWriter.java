package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes the refused rows so that they can be mended and dropped again: the original columns with their values unchanged,
 * then {@code _line,_code,_reason}. Each row has as many fields as the header: where too few were found, empty ones are
 * added; where too many, those above stand in the last column, with commas between them.
 */
final class RejectsWriter {

    private final OutputStream stream;
    private final Header header;
    private boolean begun;

    RejectsWriter(OutputStream stream, Header header) {
        this.stream = stream;
        this.header = header;
    }

    /** Writes a row; before the first one, the header. */
    void write(Fields row, Problem problem) throws IOException {
        if (!begun) {
            begun = true;
            List<String> names = new ArrayList<>();
            header.columns().forEach(c -> names.add(c.original()));
            names.addAll(RejectsColumns.NAMES);
            writeLine(names);
        }
        List<String> cells = values(row);
        cells.add(Long.toString(problem.line()));
        cells.add(problem.code().name());
        cells.add(problem.message());
        writeLine(cells);
    }

    private List<String> values(Fields row) {
        int count = header.own(row);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < header.width(); i++) {
            values.add(i < count ? row.text(i) : "");
        }
        if (count > header.width()) {
            values.set(header.width() - 1, joined(row, header.width() - 1, count));
        }
        return values;
    }

    private static String joined(Fields row, int from, int to) {
        StringBuilder joined = new StringBuilder(row.text(from));
        for (int i = from + 1; i < to; i++) {
            joined.append(',').append(row.text(i));
        }
        return joined.toString();
    }

    private void writeLine(List<String> cells) throws IOException {
        StringJoiner line = new StringJoiner(",", "", "\n");
        cells.forEach(cell -> line.add(quoted(cell)));
        stream.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == 0xfeff);
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
