package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Act;
import java.util.List;

/**
 * Asks whether to do something, with a preview of what it does.
 *
 * @param lines the imports that are meant, the oldest first
 * @param others how many of the group are left for another time
 * @param back where the person came from
 */
public record ActPage(Frame frame, Act act, List<Line> lines, long others, String back) {

    /**
     * One import.
     *
     * @param chunks how many are sent; 0 if none, or if nobody can tell yet
     * @param words what happens to it, in a clause
     * @param caution what to think of before; empty for nothing
     * @param confirm the import that delivered the rows before, to be confirmed by itself; empty for none
     */
    public record Line(
            ImportRow row, long chunks, long rows, long bytes, String words, String caution, String confirm) {

        /** The same where a later replay delivered the rows. */
        Line deliveredBy(String importId) {
            return new Line(row, chunks, rows, bytes, words, caution, importId);
        }
    }

    public long chunks() {
        return lines.stream().mapToLong(Line::chunks).sum();
    }

    public long rows() {
        return lines.stream().mapToLong(Line::rows).sum();
    }

    public long bytes() {
        return lines.stream().mapToLong(Line::bytes).sum();
    }
}
