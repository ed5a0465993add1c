package io.segmentdrop.shell.config;

import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.Settings;
import java.util.List;
import java.util.Map;

/** Reads a drop's {@code defaults}, which are written with the sidecar's own keys, as strictly as a sidecar. */
@FunctionalInterface
public interface DefaultsReader {

    /** The values that could be read, and what is wrong with the others. */
    Result read(Map<String, ?> defaults);

    /**
     * What was read.
     *
     * @param problems empty if every default could be read
     */
    record Result(Settings settings, List<Problem> problems) {

        public Result {
            problems = List.copyOf(problems);
        }
    }
}
