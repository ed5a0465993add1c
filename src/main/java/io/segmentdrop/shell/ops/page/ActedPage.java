package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Act;
import java.util.List;

/** What came of something that was done to several imports. */
public record ActedPage(Frame frame, Act act, List<Line> lines, String back) {

    /** One import and what was decided about it. */
    public record Line(ImportRow row, Decision decision) {

        /** The reason for which nothing was done; empty if it was done. */
        public String refusal() {
            return switch (decision) {
                case Decision.Done done -> "";
                case Decision.Refused refused -> refused.words();
            };
        }

        /** The import that goes on: for a replay the new one. */
        public String id() {
            return switch (decision) {
                case Decision.Done done -> done.row().id();
                case Decision.Refused refused -> row.id();
            };
        }
    }

    public long done() {
        return lines.stream().filter(line -> line.refusal().isEmpty()).count();
    }
}
