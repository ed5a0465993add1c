package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;

/** Watches how lines end outside quotes, since all are sent with LF. */
final class LineEnds {

    private @Nullable LineEnd first;
    private long lines;
    private long others;
    private long firstOther;

    void see(LineEnd end, long line) {
        see(end, line, 1);
    }

    /** So many lines from this one on end in the same way. */
    void see(LineEnd end, long line, long times) {
        if (end == LineEnd.NONE || times == 0) {
            return;
        }
        if (first == null) {
            first = end;
        }
        lines += times;
        if (end == first) {
            return;
        }
        if (others == 0) {
            firstOther = line;
        }
        others += times;
    }

    void report(Tally tally) {
        if (others > 0) {
            tally.warn(Code.CSV_MIXED_EOL, firstOther, null, Code.CSV_MIXED_EOL.meaning() + other());
        } else if (first == LineEnd.CR) {
            tally.warn(Code.CSV_CR_EOL, 1, null, Code.CSV_CR_EOL.meaning() + " (" + lines + " lines)");
        }
    }

    private String other() {
        return " (" + others + " of " + lines + " lines end with something other than " + first + ")";
    }
}
