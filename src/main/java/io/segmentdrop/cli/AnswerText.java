package io.segmentdrop.cli;

import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.problem.Problem;
import java.io.PrintWriter;

/** Writes an answer for a person: a line for each fault and warning, then one that says how it ended. */
final class AnswerText {

    private final PrintWriter out;

    AnswerText(PrintWriter out) {
        this.out = out;
    }

    void write(Answer answer) {
        answer.problems().forEach(problem -> line(said(problem)));
        long more = answer.problemsTotal() - answer.problems().size();
        if (more > 0) {
            line("and " + more + " more");
        }
        answer.warnings().forEach(warning -> line("note: " + said(warning)));
        line(answer.file() + ": " + end(answer));
    }

    private static String said(Problem problem) {
        String line = problem.line() > 0 ? "line " + problem.line() : "";
        String column = problem.column() == null ? "" : problem.column();
        String where = line + (line.isEmpty() || column.isEmpty() ? "" : ", ") + column;
        return (where.isEmpty() ? "" : where + ": ") + problem.message() + " (" + problem.code() + ")";
    }

    private static String end(Answer answer) {
        String planned = count(answer.rowsPlanned(), "row") + " in "
                + count(answer.chunks().size(), "chunk");
        return switch (answer.verdict()) {
            case CLEAN -> "clean, " + planned;
            case ROWS_REJECTED ->
                answer.rowsRejected() + " of " + count(answer.rowsRead(), "row") + " refused; would be sent: "
                        + planned;
            case FILE_REJECTED -> "refused, nothing would be sent";
        };
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** A name or a header may hold what steers a terminal. */
    private void line(String text) {
        out.println(Names.shown(text));
    }
}
