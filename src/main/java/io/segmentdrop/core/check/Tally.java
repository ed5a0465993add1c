package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been found until now: the first faults, how many there are, and one entry for each code of warnings and notes. */
final class Tally {

    private final List<Problem> problems = new ArrayList<>();
    private final Map<Code, Seen> warnings = new EnumMap<>(Code.class);
    private long total;
    private @Nullable Problem refused;

    private static final class Seen {
        private final Problem first;
        private long times;

        private Seen(Problem first) {
            this.first = first;
        }

        private Problem problem() {
            String message = times == 1 ? first.message() : first.message() + " (" + times + " times)";
            return new Problem(first.code(), first.line(), first.column(), message);
        }
    }

    /** A fault that refuses a row. Rows come in the order of their lines, so the first are those of the first lines. */
    void add(Problem problem) {
        total++;
        if (problems.size() < CheckRules.MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    /** A fault that refuses the file; the first one is the report's. */
    void refuse(Problem problem) {
        add(problem);
        if (refused == null) {
            refused = problem;
        }
    }

    /** Counts a warning or note, in the words of its code. */
    void warn(Code code, long line, @Nullable String column) {
        warn(code, line, column, code.meaning());
    }

    /** Counts a warning or note; the first one's line, column and message are kept. */
    void warn(Code code, long line, @Nullable String column, String message) {
        warnings.computeIfAbsent(code, c -> new Seen(new Problem(c, line, column, message))).times++;
    }

    /** Why the file is refused; null if it is not, until now. */
    @Nullable
    Problem refused() {
        return refused;
    }

    /** The first faults by line, the file's own among them. */
    List<Problem> problems() {
        List<Problem> shown = new ArrayList<>(problems);
        if (refused != null && !shown.contains(refused)) {
            shown.set(shown.size() - 1, refused);
        }
        shown.sort(Comparator.comparingLong(Problem::line));
        return shown;
    }

    long total() {
        return total;
    }

    List<Problem> warnings() {
        return warnings.values().stream().map(Seen::problem).toList();
    }
}
