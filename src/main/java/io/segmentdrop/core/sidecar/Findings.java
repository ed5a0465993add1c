package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.problem.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found on the way, in order: faults, and what is accepted but told. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> remarks = new ArrayList<>();

    /** Sorts it by its code's verdict: warnings and notes are remarks, all else is a problem. */
    void add(Problem found) {
        Verdict verdict = found.code().verdict();
        (verdict == Verdict.WARN || verdict == Verdict.NOTE ? remarks : problems).add(found);
    }

    void add(Code code, Key key, String message) {
        add(Problem.in(code, key.word(), message));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<Problem> remarks() {
        return List.copyOf(remarks);
    }
}
